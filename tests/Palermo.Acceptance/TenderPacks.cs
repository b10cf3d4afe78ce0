using System.Collections.Concurrent;
using static Palermo.Acceptance.PalermoProgram;

[assembly: AssemblyFixture(typeof(Palermo.Acceptance.TenderPacks))]

namespace Palermo.Acceptance;

/// <summary>The tenders of the folder Tenders, each drawn up once for all tests.</summary>
public sealed class TenderPacks : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<(string, string), Lazy<string>> _drawn = new();

    public static string Folder { get; } = Path.Combine(Root, "tests", "Palermo.Acceptance", "Tenders");

    public static string Facts(string tender) => Path.Combine(Folder, tender + ".json");

    /// <summary>Tenders and the language their documents are reviewed in.</summary>
    public static TheoryData<string, string> All() => new()
    {
        { "eu-solar", "en" }, { "uk-nhs-gloves", "en" }, { "de-construction", "en" }, { "us-federal-abroad", "en" }, { "no-textiles", "en" }, { "nsw-cleaning", "en" },
        { "br-uniforms", "es" }, { "es-school-meals", "es" }, { "un-garments", "fr" }, { "fr-paper-light", "fr" },
    };

    /// <summary>The folder a tender was drawn up into.</summary>
    public string Of(string tender, string language = "en") => _drawn.GetOrAdd((tender, language), key => new Lazy<string>(() =>
    {
        var folder = _folder[$"{key.Item1}-{key.Item2}"];
        var run = Run("tender", Facts(key.Item1), "--lang", key.Item2, "--output", folder);
        return run.ExitCode == 0 ? folder : throw new InvalidOperationException(run.Error);
    })).Value;

    public void Dispose() => _folder.Dispose();
}
