using System.Text.Json;
using Palermo.Matching;
using Palermo.Matching.Decisions;
using Palermo.Matching.Lists;
using Palermo.Matching.Pairs;

namespace Palermo.Cli.Matching;

/// <summary>A party to look up: its id in the input, the row or line it stands in.</summary>
internal sealed record AskedParty(string Id, int Row, Party Party);

/// <summary>A candidate with what a human decided about it.</summary>
internal sealed record DecidedCandidate(ListCandidate Candidate, (Decision Decision, bool Reopened)? Decision);

/// <summary>A party with its candidates.</summary>
internal sealed record MatchResult(AskedParty Asked, IReadOnlyList<DecidedCandidate> Candidates);

/// <summary>Reads the parties to look up.</summary>
internal static class AskedParties
{
    public static IEnumerable<AskedParty> Read(string path, string map, Action<string> report)
    {
        if (path != "-" && !File.Exists(path))
        {
            throw new UsageException($"There is no file {path}. To look up one name: palermo match --name \"{path}\".");
        }

        return path == "-" || IsJson(path) ? FromLines(path, report) : FromTable(path, map, report);
    }

    private static IEnumerable<AskedParty> FromTable(string path, string map, Action<string> report)
    {
        var row = 0;
        foreach (var party in ListReader.Read(ListFormats.Find("parties")!, path, map, report))
        {
            row++;
            yield return new AskedParty(party.Id, row, party.ToParty());
        }
    }

    private static IEnumerable<AskedParty> FromLines(string path, Action<string> report)
    {
        using var reader = path == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(path);
        var number = 0;
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            AskedParty? asked = null;
            try
            {
                using var document = JsonDocument.Parse(line);
                asked = Parse(document.RootElement, number);
            }
            catch (JsonException e)
            {
                report($"line {number}: not looked up: it is not JSON ({e.Message})");
            }
            catch (InvalidOperationException e)
            {
                report($"line {number}: not looked up: a text in it is no text ({e.Message})");
            }
            catch (FormatException e)
            {
                report($"line {number}: not looked up: {e.Message}");
            }

            if (asked is not null)
            {
                yield return asked;
            }
        }
    }

    private static readonly string[] s_schemes = ["registrationNumber", "taxNumber", "leiCode", "innCode", "ogrnCode", "uniqueEntityId", "imoNumber"];

    private static AskedParty Parse(JsonElement row, int number)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no object");
        }

        var p = row.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : row;
        var names = Some(p, "name", "names", "alias", "aliases", "previousName");
        if (names.Count == 0)
        {
            throw new FormatException("it has no \"name\"");
        }

        return new AskedParty(Some(row, "id").FirstOrDefault() ?? "", number, new Party
        {
            Names = names,
            Kind = PairRow.KindOf(Some(row, "schema").FirstOrDefault()),
            Countries = Some(p, "country", "countries", "jurisdiction", "nationality"),
            Addresses = Some(p, "address", "addresses"),
            Dates = Some(p, "date", "dates", "birthDate", "incorporationDate"),
            Identifiers = [.. Some(p, "identifier", "identifiers"), .. s_schemes.SelectMany(k => Some(p, k).Select(v => $"{k}:{v}"))],
            Phones = Some(p, "phone", "phones"),
        });
    }

    private static List<string> Some(JsonElement element, params ReadOnlySpan<string> keys)
    {
        var list = new List<string>();
        foreach (var key in keys)
        {
            if (element.TryGetProperty(key, out var value))
            {
                foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
                {
                    if (item.ValueKind is JsonValueKind.String or JsonValueKind.Number && item.ToString().Trim() is { Length: > 0 } text && !list.Contains(text))
                    {
                        list.Add(text);
                    }
                }
            }
        }

        return list;
    }

    private static bool IsJson(string path)
    {
        using var reader = new StreamReader(path);
        int c;
        while ((c = reader.Read()) >= 0 && (char.IsWhiteSpace((char)c) || c == '\uFEFF'))
        {
        }

        return c == '{';
    }
}
