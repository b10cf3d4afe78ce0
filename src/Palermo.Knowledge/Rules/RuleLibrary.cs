using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>The rules of many regimes: the vocabularies of measures and facts, and the packs.</summary>
/// <param name="Measures">The vocabulary of measures.</param>
/// <param name="Facts">The vocabulary of facts.</param>
/// <param name="Packs">Packs, in ordinal order of their ids.</param>
public sealed record RuleLibrary(MeasureList Measures, FactList Facts, IReadOnlyList<Pack> Packs)
{
    private static readonly Lazy<RuleLibrary> s_shipped = new(LoadShipped);

    /// <summary>The library shipped with this build. Read once, on first use.</summary>
    public static RuleLibrary Shipped => s_shipped.Value;

    /// <summary>First twelve hexadecimal digits of the SHA-256 of the hashes of all packs: names the rules a run was judged by.</summary>
    public string Edition => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', Packs.Select(p => p.Pin)))))[..12];

    /// <summary>Reads a pack of one's own, such as a buyer's policy laid over the law.</summary>
    /// <param name="utf8">The pack's JSON.</param>
    /// <param name="file">Name for messages.</param>
    /// <returns>The pack; null if it has problems.</returns>
    public (Pack? Pack, IReadOnlyList<DataProblem> Problems) ReadPack(ReadOnlySpan<byte> utf8, string file)
    {
        var problems = new Problems(file);
        if (Parse(utf8, problems) is not { } document)
        {
            return (null, problems.All);
        }

        var pack = new PackReader(Measures, Facts).Read(document, null, problems);
        return (problems.All.Count > 0 ? null : pack, problems.All);
    }

    /// <summary>Reads facts about a tender.</summary>
    /// <param name="utf8"><c>{"asOf": "2026-03-01", "facts": {"buyer.country": "NO", …}}</c>; <c>rates</c> may hold dated rates of exchange.</param>
    /// <param name="file">Name for messages.</param>
    /// <returns>The facts, the problems that make them unusable, and remarks on names and codes that no rule reads.</returns>
    public (TenderFacts? Facts, IReadOnlyList<DataProblem> Problems, IReadOnlyList<DataProblem> Remarks) ReadFacts(ReadOnlySpan<byte> utf8, string file)
    {
        var problems = new Problems(file);
        var remarks = new Problems(file);
        var facts = Parse(utf8, problems) is { } document ? TenderFacts.Read(document, Facts, problems, remarks) : null;
        return (problems.All.Count > 0 ? null : facts, problems.All, remarks.All);
    }

    /// <summary>The same library with other packs laid over it.</summary>
    /// <exception cref="ArgumentException">A pack has the id of one that is there already.</exception>
    public RuleLibrary With(IEnumerable<Pack> overlays)
    {
        var added = overlays.ToArray();
        var packs = Packs.Concat(added.Select(o => Linked(o, [.. Packs, .. added]))).OrderBy(p => p.Id, StringComparer.Ordinal).ToArray();
        for (var i = 1; i < packs.Length; i++)
        {
            if (packs[i].Id == packs[i - 1].Id)
            {
                throw new ArgumentException($"There is a pack \"{packs[i].Id}\" already; an overlay needs an id of its own.", nameof(overlays));
            }
        }

        foreach (var pack in packs)
        {
            if (pack.Conditions().OfType<WherePackApplies>().FirstOrDefault(w => packs.All(p => p.Id != w.Pack || p.Conditions().Any(c => c is WherePackApplies))) is { } lost)
            {
                throw new ArgumentException($"{pack.Id} applies where \"{lost.Pack}\" does, and there is no such pack that stands by itself.", nameof(overlays));
            }
        }

        return this with { Packs = packs };
    }

    internal static Located? Parse(ReadOnlySpan<byte> utf8, Problems problems)
    {
        try
        {
            return Located.Parse(utf8);
        }
        catch (JsonException e)
        {
            problems.Add((int)(e.LineNumber ?? 0) + 1, $"The file is no JSON: {e.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.')}.", "Check commas, quotes and brackets at this line.");
            return null;
        }
    }

    // Packs stand in the bundle in canonical form: they need not be brought into it again.
    private static RuleLibrary From(ReadOnlyMemory<byte> bundle, Problems problems)
    {
        var shape = new Shape(Located.Parse(bundle.Span), "rules", problems);
        var measures = VocabularyReader.Measures(shape.Need("measures")!, problems);
        var facts = VocabularyReader.Facts(shape.Need("facts")!, problems);
        var reader = new PackReader(measures, facts);
        return new RuleLibrary(measures, facts, Link([.. shape.List("packs").Select(p => reader.Read(p, null, problems, bundle[p.Bytes]))]));
    }

    /// <summary>Gives packs that apply where another one does a hash that covers both.</summary>
    internal static Pack[] Link(IReadOnlyList<Pack> packs) => [.. packs.Select(p => Linked(p, packs))];

    private static Pack Linked(Pack pack, IReadOnlyList<Pack> others)
    {
        var named = pack.Conditions().OfType<WherePackApplies>().Select(w => w.Pack).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => others.FirstOrDefault(o => o.Id == id)?.Hash).OfType<string>().ToArray();
        return named.Length == 0 ? pack : pack with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(pack.Hash + string.Concat(named))))[..12] };
    }

    private static RuleLibrary LoadShipped()
    {
        var problems = new Problems("rules.json");
        var library = From(Embedded.Read("rules.json"), problems);
        return problems.All.Count == 0 ? library : throw new InvalidDataException($"The rules built into this program can't be read: {problems.All[0]}");
    }
}
