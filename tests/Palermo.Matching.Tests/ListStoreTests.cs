using Palermo.Matching.Decisions;
using Palermo.Matching.Lists;

namespace Palermo.Matching.Tests;

/// <summary>Editions are kept, picked by day, never replaced by broken files; the index finds what is in them.</summary>
public sealed class ListStoreTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Editions_are_picked_by_day()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        Add(store, folder, "2025-01-01", "Romashka Ltd", "Vasilek Ltd");
        Add(store, folder, "2026-01-01", "Romashka Ltd", "Vasilek Ltd", "Landysh Ltd");
        Assert.Empty(Find(store, "Landysh Limited", new DateOnly(2025, 6, 1)));
        Assert.Equal("Landysh Ltd", Assert.Single(Find(store, "Landysh Limited", new DateOnly(2026, 6, 1))).Party.Caption);
        var difference = store.Diff("own", null, null);
        Assert.Equal("Landysh Ltd", Assert.Single(difference.Added).Caption);
        Assert.Contains("no edition as of 2024-01-01", Assert.Throws<InvalidDataException>(() => store.Open("own", new DateOnly(2024, 1, 1))).Message);
    }

    [Fact]
    public void The_same_file_again_is_no_new_edition()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        Assert.True(Add(store, folder, "2025-01-01", "Romashka Ltd"));
        Assert.False(Add(store, folder, "2025-02-01", "Romashka Ltd"));
        Assert.Single(store.Editions("own"));
    }

    [Fact]
    public void A_broken_download_changes_nothing()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        Add(store, folder, "2025-01-01", [.. Enumerable.Range(0, 20).Select(i => $"Party{i} Ltd")]);
        Assert.Contains("broken download", Assert.Throws<InvalidDataException>(() => Add(store, folder, "2025-02-01", "Party1 Ltd")).Message);
        Assert.Throws<InvalidDataException>(() => store.Add(Source, folder.Write("x.csv", "<html>503</html>"), new DateOnly(2025, 2, 1), s_now));
        Assert.Equal(20, Assert.Single(store.Editions("own")).Parties);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(folder.Root, "own", "editions"), ".new-*"));
        Assert.True(store.Add(Source, folder.Write("y.csv", "name,country\nParty1 Ltd,XX\n"), new DateOnly(2025, 2, 1), s_now, force: true).IsNew);
    }

    [Fact]
    public void A_small_change_is_laid_beside_the_index_and_found()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        var names = Enumerable.Range(0, 100).Select(i => $"Zavod{(char)('a' + (i % 26))}{(char)('a' + (i / 26))} Industrial Holding").ToList();
        Add(store, folder, "2025-01-01", [.. names]);
        names[7] = "Kombinat Obnovlenie Holding";
        names.Add("Landysh Perekrestok Ltd");
        Add(store, folder, "2025-02-01", [.. names]);
        var edition = Directory.EnumerateDirectories(Path.Combine(folder.Root, "own", "editions")).Order(StringComparer.Ordinal).Last();
        Assert.True(File.Exists(Path.Combine(edition, "delta.index")));
        Assert.False(File.Exists(Path.Combine(edition, "names.index")));
        Assert.Equal("Landysh Perekrestok Ltd", Find(store, "Landysh Perekrestok", null)[0].Party.Caption);
        Assert.Equal("Kombinat Obnovlenie Holding", Find(store, "Kombinat Obnovlenie Holding", null)[0].Party.Caption);
        // What is gone is not found in the new edition, and still in the old one.
        Assert.DoesNotContain(Find(store, "Zavodha Industrial Holding", null), c => c.Party.Caption.StartsWith("Zavodha", StringComparison.Ordinal));
        Assert.Contains(Find(store, "Zavodha Industrial Holding", new DateOnly(2025, 1, 15)), c => c.Party.Caption.StartsWith("Zavodha", StringComparison.Ordinal));
    }

    [Fact]
    public void A_delta_is_applied_to_the_last_edition()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        var source = new ListSource { Id = "ftm", Format = "ftm" };
        store.Add(source, folder.Write("e.json", string.Concat(Enumerable.Range(0, 40).Select(i => $"{{\"id\":\"E{i}\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Stroika{(char)('a' + (i % 26))}{(char)('a' + (i / 26))} Trest\"]}}}}\n"))), new DateOnly(2025, 1, 1), s_now);
        store.AddDelta(source, folder.Write("d.json", """
            {"op":"DEL","entity":{"id":"E3"}}
            {"op":"MOD","entity":{"id":"E4","schema":"Company","properties":{"name":["Kolokolchik Trest"]}}}
            {"op":"ADD","entity":{"id":"N1","schema":"Company","properties":{"name":["Oduvanchik Trest"]}}}
            """), new DateOnly(2025, 1, 2), s_now.AddDays(1));
        using var index = store.Open("ftm", null);
        var matcher = new ListMatcher([index]);
        Assert.Equal("E4", matcher.Find(new Party { Names = ["Kolokolchik Trest"] })[0].Party.Id);
        Assert.Equal("N1", matcher.Find(new Party { Names = ["Oduvanchik Trest"] })[0].Party.Id);
        Assert.DoesNotContain(matcher.Find(new Party { Names = ["Stroikada Trest"] }), c => c.Party.Id == "E3");
        Assert.Equal(40, store.Current("ftm", null)!.Parties);
    }

    [Fact]
    public void Chains_of_owners_are_followed()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        store.Add(new ListSource { Id = "ftm", Format = "ftm" }, folder.Write("e.json", """
            {"id":"NK-A","schema":"Company","properties":{"name":["Romashka Holding"]}}
            {"id":"NK-B","schema":"Company","properties":{"name":["Vasilek Invest"]}}
            {"id":"NK-C","schema":"Company","properties":{"name":["Oduvanchik Textile Works"]}}
            {"id":"o1","schema":"Ownership","properties":{"owner":["NK-A"],"asset":["NK-B"],"percentage":["60"]}}
            {"id":"o2","schema":"Ownership","properties":{"owner":["NK-B"],"asset":["NK-C"]}}
            {"id":"o3","schema":"Ownership","properties":{"owner":["NK-C"],"asset":["NK-A"]}}
            """), new DateOnly(2025, 1, 1), s_now);
        using var index = store.Open("ftm", null);
        Assert.Equal(["Vasilek Invest (NK-B)", "Romashka Holding (NK-A), 60 %"], new ListMatcher([index]).Find(new Party { Names = ["Oduvanchik Textile Works"] })[0].Owners.Take(2));
    }

    [Fact]
    public void An_identifier_finds_a_party_whatever_its_name()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        store.Add(new ListSource { Id = "brazil", Format = "brazil" }, folder.Write("b.csv", "Empregador;CNPJ/CPF\nFazenda Romashka Ltda;12.345.678/0001-95\n"), new DateOnly(2025, 1, 1), s_now);
        using var index = store.Open("brazil", null);
        var found = Assert.Single(new ListMatcher([index]).Find(new Party { Names = ["Agropecuária Outro Nome"], Identifiers = ["BR-CNPJ:12345678000195"] }));
        Assert.Contains(found.Comparison.Evidence, e => e.Rule == "same-identifier" && e.Bits > 10);
    }

    [Fact]
    public void A_search_gives_reasons_that_add_up()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        Add(store, folder, "2025-01-01", "Hetian Taida Apparel Co., Ltd.", "Hoshine Silicon Industry Co., Ltd.");
        var found = Assert.Single(Find(store, "HETIAN TAIDA APPAREL", null));
        Assert.Equal(found.Comparison.Bits, found.Comparison.Evidence.Sum(e => e.Bits), 3);
        Assert.NotEqual(MatchBand.Clear, found.Comparison.Band);
        Assert.Empty(Find(store, "Bäckerei Schmidt", null));
    }

    [Fact]
    public void A_decision_is_honoured_until_what_is_known_changes()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "decisions.jsonl");
        var listed = new ListedParty { Id = "1", Names = [new ListedName("Camel Group Co., Ltd.", "main")] };
        var asked = new Party { Names = ["Camel Group"], Countries = ["KE"] };
        new DecisionLog(path).Add(asked, "uflpa", listed, Verdict.NotAMatch, "A. Okoye", "registered in Kenya", s_now);
        var log = new DecisionLog(path);
        var found = log.Find(asked, "uflpa", listed);
        Assert.Equal((Verdict.NotAMatch, "A. Okoye", false), (found!.Value.Decision.Verdict, found.Value.Decision.Who, found.Value.Reopened));
        Assert.Equal(Verdict.NotAMatch, log.Find(asked with { Names = ["CAMEL GROUP"] }, "uflpa", listed)!.Value.Decision.Verdict);
        Assert.True(log.Find(asked, "uflpa", listed with { Countries = ["KE"] })!.Value.Reopened);
        Assert.Null(log.Find(asked, "other", listed));
        File.AppendAllText(path, "{broken\n");
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => new DecisionLog(path)).Message);
    }

    [Fact]
    public void A_broken_index_is_refused_and_made_anew()
    {
        using var folder = new TempFolder();
        var store = new ListStore(folder.Root);
        Add(store, folder, "2025-01-01", "Romashka Ltd");
        var index = Directory.EnumerateFiles(folder.Root, "names.index", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(index, File.ReadAllBytes(index)[..^7]);
        var message = Assert.Throws<InvalidDataException>(() => store.Open("own", null)).Message;
        Assert.Contains("cut off", message);
        Assert.Contains("palermo lists update own makes it anew", message);
        Assert.False(Add(store, folder, "2025-01-01", "Romashka Ltd"));
        Assert.Single(Find(store, "Romashka Ltd", null));
    }

    private static ListSource Source { get; } = new() { Id = "own", Format = "table" };

    private static bool Add(ListStore store, TempFolder folder, string date, params string[] names) =>
        store.Add(Source, folder.Write("list.csv", "id,name,country\n" + string.Concat(names.Select((n, i) => $"{i},\"{n}\",XX\n"))), DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), s_now.AddDays(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture).DayNumber % 1000)).IsNew;

    private static IReadOnlyList<ListCandidate> Find(ListStore store, string name, DateOnly? asOf)
    {
        using var index = store.Open("own", asOf);
        return new ListMatcher([index]).Find(new Party { Names = [name], Kind = PartyKind.Organization });
    }
}
