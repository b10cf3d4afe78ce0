using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using Palermo.Knowledge.Rules;

namespace Palermo.Web.Pages;

/// <summary>
/// What somebody says of a tender in the form, read from the query: the address holds all of it, so it can be kept, sent on
/// and gone back to, and nothing is kept here. <c>f.</c> and the name of a fact holds its value; <c>.currency</c> after it
/// that of an amount.
/// </summary>
public sealed class TenderForm
{
    /// <summary>Facts everybody is asked about, in this order.</summary>
    public static IReadOnlyList<string> First { get; } = ["items.cpv", "buyer.country", "buyer.level", "procurement.category", "tender.value", "performance.countries", "risk.level"];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>Reads a query, or a form that was posted.</summary>
    public TenderForm(IEnumerable<KeyValuePair<string, StringValues>> sent, RuleLibrary rules)
    {
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(rules);
        var query = sent.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        Title = Text(query.GetValueOrDefault("title"));
        Description = Text(query.GetValueOrDefault("description"));
        var values = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        var problems = new List<(string, string)>();
        foreach (var (key, value) in query.Where(q => q.Key.StartsWith("f.", StringComparison.Ordinal) && !q.Key.EndsWith(".currency", StringComparison.Ordinal)).OrderBy(q => q.Key, StringComparer.Ordinal))
        {
            var name = key[2..];
            var text = Text(value);
            if (text.Length == 0)
            {
                continue;
            }

            _given[name] = text;
            if (rules.Facts.Find(name) is not { } fact)
            {
                problems.Add((name, "tender.problem.fact"));
                continue;
            }

            var currency = Text(query.GetValueOrDefault(key + ".currency")).ToUpperInvariant();
            _given[name + ".currency"] = currency;
            var read = fact.Type switch
            {
                FactType.Money => $"{text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal)} {currency}",
                FactType.Codes => string.Join(',', text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => name.EndsWith("countries", StringComparison.Ordinal) ? c.ToUpperInvariant() : c)),
                _ => text,
            };
            var (_, parsed, problem) = TenderFacts.Parse($"{name}={read}", rules.Facts);
            if (problem is null)
            {
                values[name] = parsed!;
            }
            else
            {
                problems.Add((name, "tender.problem." + fact.Type.ToString().ToLowerInvariant()));
            }
        }

        Problems = problems;
        Facts = new TenderFacts { Title = Title, Description = Description, Facts = values };
    }

    /// <summary>What is bought, in a few words.</summary>
    public string Title { get; }

    /// <summary>What is bought, at length.</summary>
    public string Description { get; }

    /// <summary>What could be read.</summary>
    public TenderFacts Facts { get; }

    /// <summary>Facts whose value could not be read, with the key of the words that say what is expected.</summary>
    public IReadOnlyList<(string Fact, string Message)> Problems { get; }

    /// <summary>True if nothing was said yet.</summary>
    public bool IsBlank => Title.Length == 0 && Description.Length == 0 && _given.Count == 0;

    /// <summary>Names of facts something was said about, beyond those everybody is asked.</summary>
    public IEnumerable<string> More => _given.Keys.Where(k => !k.EndsWith(".currency", StringComparison.Ordinal) && !First.Contains(k)).Order(StringComparer.Ordinal);

    /// <summary>What was said, as it was said.</summary>
    public string Said(string name) => _given.GetValueOrDefault(name, "");

    /// <summary>The query that says what is known: the form, filled in.</summary>
    public static string Query(TenderFacts facts)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Fields(facts))
        {
            query.Add(name, value);
        }

        return query.ToString();
    }

    /// <summary>The form, filled in with what is known.</summary>
    public static TenderForm Of(TenderFacts facts, RuleLibrary rules) => new(Fields(facts).Select(f => KeyValuePair.Create(f.Key, new StringValues(f.Value))), rules);

    private static Dictionary<string, string> Fields(TenderFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        if (facts.Title.Length > 0)
        {
            query.Add("title", facts.Title);
        }

        if (facts.Description.Length > 0)
        {
            query.Add("description", facts.Description);
        }

        foreach (var (name, value) in facts.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            switch (value.Type)
            {
                case FactType.Boolean:
                    query.Add("f." + name, value.IsTrue ? "yes" : "no");
                    break;
                case FactType.Money:
                    query.Add("f." + name, value.Number.ToString(CultureInfo.InvariantCulture));
                    query.Add($"f.{name}.currency", value.Currency);
                    break;
                case FactType.Number:
                    query.Add("f." + name, value.Number.ToString(CultureInfo.InvariantCulture));
                    break;
                case FactType.Date:
                    query.Add("f." + name, value.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    break;
                default:
                    query.Add("f." + name, string.Join(' ', value.Codes));
                    break;
            }
        }

        return query;
    }

    private static string Text(StringValues values) => string.Join(' ', values.Select(v => v?.Trim()).Where(v => !string.IsNullOrEmpty(v))) is var text && text.Length > 4000 ? text[..4000] : text;
}
