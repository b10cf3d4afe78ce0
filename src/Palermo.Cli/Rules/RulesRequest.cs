using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Rules;

/// <summary>Rules, tender and facts as the command line gives them.</summary>
internal static class RulesRequest
{
    /// <summary>The shipped library with packs of the user's own laid over it.</summary>
    /// <exception cref="UsageException">A file is missing, or an overlay has the id of a pack.</exception>
    /// <exception cref="BadInputException">An overlay has problems.</exception>
    public static RuleLibrary Library(IReadOnlyList<string> overlays)
    {
        var library = RuleLibrary.Shipped;
        var packs = new List<Pack>();
        foreach (var path in overlays)
        {
            if (!File.Exists(path))
            {
                throw new UsageException($"--pack {path}: there is no such file.");
            }

            var (pack, problems) = library.ReadPack(File.ReadAllBytes(path), path);
            packs.Add(pack ?? throw new BadInputException(problems));
        }

        try
        {
            return packs.Count == 0 ? library : library.With(packs);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--pack: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    /// <summary>What is known of a tender, with the facts of the command line laid over it.</summary>
    public static TenderFacts With(TenderFacts facts, RuleLibrary library, IReadOnlyList<string> given, DateOnly? asOf)
    {
        var all = new Dictionary<string, FactValue>(facts.Facts, StringComparer.Ordinal);
        var origins = new Dictionary<string, string>(facts.Origins, StringComparer.Ordinal);
        foreach (var text in given)
        {
            var (name, value, problem) = TenderFacts.Parse(text, library.Facts);
            all[name] = problem is null ? value! : throw new UsageException($"--fact {text}: {problem}");
            origins[name] = "--fact";
        }

        if (asOf is { } day && origins.TryGetValue("procedure.date", out var origin) && origin != "--fact")
        {
            // Judged as if it were opened on that day, whatever was published.
            all["procedure.date"] = FactValue.Of(day);
            origins["procedure.date"] = "--as-of";
        }

        return facts with { Facts = all, Origins = origins, AsOf = asOf ?? facts.AsOf };
    }

    /// <summary>The ids asked for; null for all.</summary>
    /// <exception cref="UsageException">There is no such regime.</exception>
    public static HashSet<string>? Regimes(IReadOnlyList<string> ids, RuleLibrary library)
    {
        if (ids.FirstOrDefault(i => !library.Packs.Any(p => p.Id == i)) is { } unknown)
        {
            throw new UsageException($"There is no regime \"{unknown}\". There are {string.Join(", ", library.Packs.Select(p => p.Id))}.");
        }

        return ids.Count == 0 ? null : ids.ToHashSet(StringComparer.Ordinal);
    }
}
