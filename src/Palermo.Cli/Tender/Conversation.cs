using System.Globalization;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Explaining;

namespace Palermo.Cli.Tender;

/// <summary>
/// Asks for facts on the terminal: what is bought, then the most decisive open question, judged anew after each answer,
/// until nothing that the buyer can know is open. "?" says why, a blank answer is "don't know", "back" takes the last
/// answer back, "stop" ends.
/// </summary>
internal sealed class Conversation(TextReader input, TextWriter output, RuleLibrary rules, ClauseLibrary clauses, string language)
{
    // What stands in documents whatever rules bind; asked last, for the documents can do without.
    private static readonly string[] s_places = ["buyer.name", "tender.reference", "buyer.contact", "buyer.channel", "notice.hotline", "contract.start", "contract.end"];
    private readonly IReadOnlyDictionary<string, string> _words = clauses.Languages.TryGetValue(language, out var own) ? own.Words : clauses.Languages["en"].Words;
    private readonly List<TenderFacts> _before = [];
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    private sealed class Stopped : Exception;

    private sealed class Back : Exception;

    /// <summary>Asks until nothing is open or the officer stops.</summary>
    /// <param name="facts">What is known at the start.</param>
    /// <param name="judge">Judges what is known.</param>
    public TenderFacts Ask(TenderFacts facts, Func<TenderFacts, DraftInput> judge)
    {
        output.WriteLine(_words["ask.introduction"]);
        output.WriteLine();
        while (true)
        {
            try
            {
                if (Next(facts, judge) is not { } after)
                {
                    output.WriteLine(_words["ask.done"]);
                    return facts;
                }

                if (!ReferenceEquals(after, facts))
                {
                    _before.Add(facts);
                    facts = after;
                }
            }
            catch (Back)
            {
                if (_before.Count > 0)
                {
                    facts = _before[^1];
                    _before.RemoveAt(_before.Count - 1);
                    _unknown.Clear();
                }
            }
            catch (Stopped)
            {
                output.WriteLine(_words["ask.stopped"]);
                return facts;
            }
        }
    }

    // The facts after one more answer; the same ones after "don't know"; null if there is nothing left to ask.
    private TenderFacts? Next(TenderFacts facts, Func<TenderFacts, DraftInput> judge)
    {
        if (facts.Title.Length == 0 && !_unknown.Contains("title"))
        {
            return Text("title", _words["ask.title"], _words["ask.title.why"]) is { } title ? facts with { Title = title } : facts;
        }

        var known = judge(facts);
        var questions = Relevance.Near(known).Where(q => !_unknown.Contains(q.Need) && CanBeAsked(q)).ToArray();
        if (questions.Length > 0)
        {
            return Fact(facts, known, questions[0], questions.Length);
        }

        if (s_places.FirstOrDefault(p => !facts.FillIns.ContainsKey(p) && !_unknown.Contains(p)) is { } place)
        {
            return Place(facts, clauses.FillIns.First(f => f.Id == place));
        }

        return null;
    }

    private bool CanBeAsked(Question question) =>
        (question.Need == "asOf" || rules.Facts.Find(question.Need) is not null) && question.Known is not "bidder" && !question.Need.StartsWith("supplier.", StringComparison.Ordinal) && !question.Need.StartsWith("event.", StringComparison.Ordinal);

    private TenderFacts Fact(TenderFacts facts, DraftInput known, Question question, int left)
    {
        var definition = rules.Facts.Find(question.Need);
        var text = _words.TryGetValue("fact." + question.Need, out var own) ? own : question.Text;
        var choices = Choices(facts, question);
        output.WriteLine($"{text} [{question.Need}; {Say("ask.left", left)}]");
        if (definition?.Type == FactType.Codes && choices.Count > 0)
        {
            output.WriteLine($"  0 {_words["ask.none-of-these"]}");
        }

        for (var i = 0; i < choices.Count; i++)
        {
            output.WriteLine($"  {i + 1} {choices[i].Key}: {choices[i].Value}");
        }

        while (true)
        {
            var answer = Line(Hint(definition));
            if (answer == "?")
            {
                Why(known, question);
                continue;
            }

            if (answer.Length == 0)
            {
                _unknown.Add(question.Need);
                return facts;
            }

            if (question.Need == "asOf")
            {
                if (DateOnly.TryParseExact(answer, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return facts with { AsOf = day };
                }

                output.WriteLine(_words["ask.date"]);
                continue;
            }

            var (_, value, problem) = TenderFacts.Parse($"{question.Need}={Normal(definition!, answer, choices)}", rules.Facts);
            if (value is not null)
            {
                return facts with { Facts = new Dictionary<string, FactValue>(facts.Facts, StringComparer.Ordinal) { [question.Need] = value } };
            }

            output.WriteLine(problem);
        }
    }

    // Fifty kinds of buyers are too many to read: those of the buyer's country and those of none are enough.
    private static List<KeyValuePair<string, string>> Choices(TenderFacts facts, Question question)
    {
        if (question.Need != "buyer.codes" || !facts.Facts.TryGetValue("buyer.country", out var country))
        {
            return [.. question.Answers];
        }

        var prefix = country.Codes[0] switch { "GB" => "uk-", var code => code.ToLowerInvariant() + "-" };
        var of = question.Answers.Where(a => a.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return of.Count > 0 ? of : [.. question.Answers];
    }

    private string Normal(FactDefinition fact, string answer, List<KeyValuePair<string, string>> choices)
    {
        switch (fact.Type)
        {
            case FactType.Boolean:
                return answer.ToLowerInvariant() is "y" or "yes" or "o" or "oui" or "s" or "si" or "sí" || answer.Equals(_words["yes"], StringComparison.OrdinalIgnoreCase) ? "true"
                    : answer.ToLowerInvariant() is "n" or "no" or "non" || answer.Equals(_words["no"], StringComparison.OrdinalIgnoreCase) ? "false" : answer;
            case FactType.Money when answer.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.. var digits, { Length: 3 } currency]:
                return $"{string.Concat(digits).Replace(",", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal)} {currency.ToUpperInvariant()}";
            case FactType.Codes when answer == "0":
                return "";
            case FactType.Code or FactType.Codes:
                return string.Join(',', answer.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => One(fact, part, choices)));
            default:
                return answer;
        }
    }

    private static string One(FactDefinition fact, string part, List<KeyValuePair<string, string>> choices)
    {
        if (choices.Count > 0 && int.TryParse(part, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count)
        {
            return choices[number - 1].Key;
        }

        return fact.Name.EndsWith(".country", StringComparison.Ordinal) || fact.Name.EndsWith(".countries", StringComparison.Ordinal) ? Catalogue.Default.FindCountry(part)?.Id ?? part : part;
    }

    private void Why(DraftInput known, Question question)
    {
        output.WriteLine(Say("ask.why", question.Settles.ToString(CultureInfo.InvariantCulture), question.Packs.Count));
        foreach (var pack in known.Ruling.Packs.Where(p => question.Packs.Contains(p.Pack.Id, StringComparer.Ordinal)).Take(6))
        {
            output.WriteLine($"  - {pack.Pack.Title} ({pack.Pack.Instrument})");
        }

        if (question.Packs.Count > 6)
        {
            output.WriteLine("  - …");
        }
    }

    private TenderFacts Place(TenderFacts facts, FillIn place)
    {
        output.WriteLine($"{_words["open." + place.Id].Trim('[', ']')} [{place.Id}]");
        while (true)
        {
            var answer = Line(place.Type == FillInType.Date ? "2026-09-01" : "");
            if (answer == "?")
            {
                output.WriteLine(_words["ask.place.why"]);
            }
            else if (answer.Length == 0)
            {
                _unknown.Add(place.Id);
                return facts;
            }
            else if (FillInValue.Problem(place, answer) is { } problem)
            {
                output.WriteLine(problem);
            }
            else
            {
                return facts with { FillIns = new Dictionary<string, string>(facts.FillIns, StringComparer.Ordinal) { [place.Id] = answer } };
            }
        }
    }

    private string? Text(string name, string question, string why)
    {
        output.WriteLine(question);
        while (true)
        {
            var answer = Line("");
            if (answer != "?")
            {
                if (answer.Length == 0)
                {
                    _unknown.Add(name);
                }

                return answer.Length > 0 ? answer : null;
            }

            output.WriteLine(why);
        }
    }

    private string Line(string hint)
    {
        output.Write(hint.Length > 0 ? $"({hint}) > " : "> ");
        output.Flush();
        var line = input.ReadLine()?.Trim();
        if (Console.IsInputRedirected)
        {
            output.WriteLine(line);
        }

        return line switch
        {
            null or "stop" => throw new Stopped(),
            "back" => throw new Back(),
            _ => line,
        };
    }

    private string Hint(FactDefinition? fact) => fact?.Type switch
    {
        FactType.Boolean => $"{_words["yes"]}/{_words["no"]}",
        FactType.Money => "250000 EUR",
        FactType.Date or null => "2026-09-01",
        FactType.Codes when fact.Name.EndsWith(".countries", StringComparison.Ordinal) => "VN, IN",
        FactType.Codes => _words["ask.several"],
        FactType.Code when fact.Name == "buyer.country" => "NO",
        _ => "",
    };

    private string Say(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _words[key], values);
}
