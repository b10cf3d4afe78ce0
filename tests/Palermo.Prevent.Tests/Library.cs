using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Tests;

/// <summary>The rules of data/, read once, with their golden cases.</summary>
internal static class Library
{
    private static readonly Lazy<RuleLibrary> s_rules = new(() =>
    {
        var (rules, _, problems) = DataFolder.ReadDocuments(Path.Combine(Root, "data"));
        Assert.Empty(problems);
        return rules;
    });

    public static RuleLibrary Rules => s_rules.Value;

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    /// <summary>Judges one pack by facts in the words of a facts file.</summary>
    public static PackRuling Judge(string pack, string facts, string? asOf = null)
    {
        var (read, problems, _) = Rules.ReadFacts(System.Text.Encoding.UTF8.GetBytes($"{{{(asOf is null ? "" : $"\"asOf\": \"{asOf}\", ")}\"facts\": {{{facts}}}}}"), "facts.json");
        Assert.Empty(problems);
        var engine = new RuleEngine(Rules, [Rules.Packs.Single(p => p.Id == pack)]);
        var sheet = engine.NewSheet();
        sheet.Load(read!);
        return RulingMaker.Make(engine, sheet).Packs[0];
    }

    public static string[] Binding(this PackRuling ruling) => [.. ruling.Provisions.Where(p => p.Result == Truth.True).Select(p => p.Provision.Id)];
}
