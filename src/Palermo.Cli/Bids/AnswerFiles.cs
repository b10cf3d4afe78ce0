using System.Globalization;
using System.Text.Json;
using Palermo.Cli.Rules;
using Palermo.Documents.Reading;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Espd;
using Palermo.Prevent.Bids;
using Palermo.Prevent.Espd;
using Palermo.Tables;

namespace Palermo.Cli.Bids;

/// <summary>
/// Reads what bidders returned: questionnaires as JSON, CSV, XLSX or DOCX, and ESPD responses. A folder within the folder
/// given is one bidder; files elsewhere belong to the bidder they name.
/// </summary>
internal sealed class AnswerFiles
{
    private const long LongestFile = 64L << 20;
    private readonly List<DataProblem> _problems = [];
    private readonly List<(string Group, string File, BidAnswers Part)> _parts = [];

    /// <summary>Reads files and folders.</summary>
    /// <exception cref="UsageException">A path is not there.</exception>
    /// <exception cref="BadInputException">A file can't be read: a bid is never assessed in part.</exception>
    public static IReadOnlyList<BidAnswers> Read(IReadOnlyList<string> paths)
    {
        var files = new AnswerFiles();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (var file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
                {
                    files.Add("", file);
                }

                foreach (var folder in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal))
                {
                    foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                    {
                        files.Add(folder, file);
                    }
                }
            }
            else if (File.Exists(path))
            {
                files.Add("", path);
            }
            else
            {
                throw new UsageException($"There is no file or folder {path}.");
            }
        }

        return files._problems.Count > 0 ? throw new BadInputException(files._problems) : files.Joined();
    }

    private void Add(string group, string file)
    {
        var extension = Path.GetExtension(file).ToLowerInvariant();
        if (extension is not (".json" or ".csv" or ".xlsx" or ".docx" or ".xml"))
        {
            return; // evidence, mostly: it is named in the answers and read by people
        }

        if (new FileInfo(file).Length > LongestFile)
        {
            _problems.Add(new DataProblem(file, 1, "The file is larger than 64 MB.", "Answers are small; take attachments out."));
            return;
        }

        try
        {
            var part = extension switch
            {
                ".json" => Json(file),
                ".docx" => Form(file, DraftReader.Answers(File.ReadAllBytes(file), file), FormHash(file)),
                ".xml" => Espd(file),
                _ => Table(file),
            };
            if (part is not null)
            {
                _parts.Add((group, file, part with { Files = [file] }));
            }
        }
        catch (UnreadableDraftException e)
        {
            _problems.Add(new DataProblem(file, 1, e.Message, "Ask the bidder for the file again."));
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            _problems.Add(new DataProblem(file, 1, $"The file can't be read: {e.Message}", "Save it again in the program that made it."));
        }
    }

    private BidAnswers? Json(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("answers", out var answers) || answers.ValueKind != JsonValueKind.Object)
            {
                _problems.Add(new DataProblem(file, 1, "There is no object \"answers\" in it.", "Give the questionnaire.json of the tender pack with its answers filled in."));
                return null;
            }

            string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
            decimal? price = null;
            var currency = "";
            if (root.TryGetProperty("price", out var given) && given.ValueKind != JsonValueKind.Null)
            {
                if (given.ValueKind == JsonValueKind.Object && given.TryGetProperty("amount", out var amount) && amount.ValueKind == JsonValueKind.Number && amount.TryGetDecimal(out var number))
                {
                    (price, currency) = (number, Text(given, "currency"));
                }
                else
                {
                    _problems.Add(new DataProblem(file, 1, "\"price\" is no amount.", "Write {\"amount\": 250000, \"currency\": \"EUR\"}."));
                }
            }

            return new BidAnswers { Bidder = Text(root, "bidder"), Price = price, Currency = currency, Questionnaire = Text(root, "questionnaire"), Answers = answers.EnumerateObject().ToDictionary(a => a.Name, a => Answer(a.Value), StringComparer.Ordinal) };
        }
        catch (JsonException e)
        {
            _problems.Add(new DataProblem(file, (int)(e.LineNumber ?? 0) + 1, $"The file is no JSON: {e.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.')}.", "Check commas, quotes and brackets at this line."));
            return null;
        }
    }

    private static BidAnswer Answer(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return new BidAnswer(Words(value), []);
        }

        return new BidAnswer(
            value.TryGetProperty("answer", out var answer) ? Words(answer) : "",
            value.TryGetProperty("evidence", out var evidence) && evidence.ValueKind == JsonValueKind.Array ? [.. evidence.EnumerateArray().Select(Words).Where(w => w.Length > 0)] : []);
    }

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        // Said with a fourth decimal, "23.125" can't be taken for a thousand.
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number.ToString(decimal.Truncate(number) == number ? "0" : "0.0000######", CultureInfo.InvariantCulture) : value.GetRawText(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Words)),
        _ => "",
    };

    private BidAnswers? Table(string file)
    {
        using var stream = new MemoryStream(File.ReadAllBytes(file));
        using TableRows rows = file.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? new SheetRows(stream) : new TextRows(stream, () => { });
        var head = rows.Next()?.Select(h => h.Trim().TrimStart('\uFEFF').ToLowerInvariant()).ToArray() ?? [];
        int id = Array.IndexOf(head, "id"), answer = Array.IndexOf(head, "answer"), evidence = Array.IndexOf(head, "evidence");
        if (id < 0 || answer < 0)
        {
            _problems.Add(new DataProblem(file, 1, $"The columns are {string.Join(", ", head.Take(6))}; \"id\" and \"answer\" are needed.", "Give the questionnaire.csv of the tender pack with its column answer filled in; keep the first row."));
            return null;
        }

        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (rows.Next() is { } row)
        {
            var name = id < row.Length ? row[id].Trim() : "";
            if (name.Length > 0)
            {
                answers[name] = answer < row.Length ? row[answer].Trim() : "";
                documents[name] = evidence >= 0 && evidence < row.Length ? row[evidence].Trim() : "";
            }
        }

        return Form(file, answers, answers.GetValueOrDefault("questionnaire", ""), documents);
    }

    private BidAnswers Form(string file, IReadOnlyDictionary<string, string> answers, string hash, IReadOnlyDictionary<string, string>? documents = null)
    {
        var price = answers.GetValueOrDefault("bid.price") ?? answers.GetValueOrDefault("price") ?? "";
        decimal? amount = null;
        var currency = "";
        if (price.Length > 0)
        {
            currency = price.Split([' ', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(w => w.Length == 3 && w.All(char.IsAsciiLetterUpper)) ?? "";
            amount = Amount(currency.Length > 0 ? price.Replace(currency, "", StringComparison.Ordinal) : price);
            if (amount is null)
            {
                _problems.Add(new DataProblem(file, 1, $"The price \"{price}\" can't be read, or can be read in two ways.", "Write it without separators for thousands: 250000 EUR or 250000.00 EUR."));
            }
        }

        return new BidAnswers
        {
            Bidder = answers.GetValueOrDefault("bidder.name") ?? answers.GetValueOrDefault("bidder") ?? "",
            Price = amount,
            Currency = currency,
            Questionnaire = hash,
            Answers = answers.Where(a => a.Key.StartsWith("question.", StringComparison.Ordinal)).ToDictionary(a => a.Key, a => new BidAnswer(a.Value, documents?.GetValueOrDefault(a.Key) is { Length: > 0 } named ? [.. named.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : []), StringComparer.Ordinal),
        };
    }

    private static decimal? Amount(string text) => BidNumbers.Read(text);

    private static string FormHash(string file)
    {
        if (DraftReader.Manifest(File.ReadAllBytes(file), file) is not { } manifest)
        {
            return "";
        }

        using var json = JsonDocument.Parse(manifest);
        return json.RootElement.TryGetProperty("questionnaire", out var questionnaire) && questionnaire.TryGetProperty("hash", out var hash) ? hash.GetString() ?? "" : "";
    }

    private BidAnswers? Espd(string file)
    {
        using var stream = new MemoryStream(File.ReadAllBytes(file));
        var (response, problem) = EspdResponse.Read(stream, EspdModel.Shipped);
        if (problem is { } wrong)
        {
            _problems.Add(new DataProblem(file, wrong.Line, wrong.What, wrong.Mend));
            return null;
        }

        return new BidAnswers { Bidder = response!.Bidder, Espd = response };
    }

    // Parts of one folder, or of one name, are one bid.
    private List<BidAnswers> Joined()
    {
        var bids = new List<BidAnswers>();
        foreach (var group in _parts.GroupBy(p => p.Group.Length > 0 ? p.Group : "name:" + p.Part.Bidder.Trim().ToUpperInvariant(), StringComparer.Ordinal))
        {
            var parts = group.Select(g => g.Part).ToArray();
            var forms = parts.Where(p => p.Espd is null).ToArray();
            var name = forms.Select(f => f.Bidder).Concat(parts.Select(p => p.Bidder)).FirstOrDefault(b => b.Length > 0) ?? (group.First().Group.Length > 0 ? Path.GetFileName(group.First().Group) : "");
            if (name.Length == 0)
            {
                _problems.Add(new DataProblem(group.First().File, 1, "The file does not name its bidder.", "Fill in the bidder, or put the files of each bidder into a folder of its own."));
            }

            if (forms.Length > 1)
            {
                _problems.Add(new DataProblem(group.ElementAt(1).File, 1, $"{name} returned {forms.Length} questionnaires: {string.Join(", ", forms.SelectMany(f => f.Files))}.", "Keep the one that counts."));
            }

            bids.Add((forms.FirstOrDefault() ?? new BidAnswers { Bidder = name }) with { Bidder = name, Espd = parts.Select(p => p.Espd).FirstOrDefault(e => e is not null), Files = [.. parts.SelectMany(p => p.Files)] });
        }

        return _problems.Count > 0 ? throw new BadInputException(_problems) : bids;
    }
}
