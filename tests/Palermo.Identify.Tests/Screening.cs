using System.Text;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Tests;

/// <summary>Screens a release written in a test, through the public doors.</summary>
internal static class Screening
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static Assessment Screen(string release, DateOnly? asOf = null, params string[] indicators) => ScreenAll(release, asOf, indicators).Single();

    public static List<Assessment> ScreenAll(string lines, DateOnly? asOf = null, params string[] indicators)
    {
        var screener = new Screener(Catalogue.Default, new ScreeningOptions(asOf ?? Today, indicators.Length == 0 ? null : indicators.ToHashSet()));
        var assessments = new List<Assessment>();
        using var source = new ProcessSource(["-"], new ReadOptions { StandardInput = () => new MemoryStream(Encoding.UTF8.GetBytes(lines)) });
        source.Index(CancellationToken.None);
        var reader = new BatchReader();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                reader.Read(batch, (p, o) => assessments.Add(screener.Assess(p, o).Kept()), p => Assert.NotEqual(ProblemKind.Lost, p.Kind));
            }
        }

        return assessments;
    }

    /// <summary>A release with one item and perhaps a supplier.</summary>
    public static string Item(string description, string scheme = "", string code = "", string supplierCountry = "", string category = "", string origin = "", string supplier = "Supplier") =>
        $$"""
        {"ocid":"ocds-t-1","date":"2026-01-01T00:00:00Z","buyer":{"name":"City"},"tender":{"title":"Purchase 7"{{(category.Length > 0 ? $",\"mainProcurementCategory\":\"{category}\"" : "")}},"items":[{"description":{{System.Text.Json.JsonSerializer.Serialize(description)}}{{(code.Length > 0 ? $",\"classification\":{{\"scheme\":\"{scheme}\",\"id\":\"{code}\"}}" : "")}}{{(origin.Length > 0 ? $",\"countryOfOrigin\":\"{origin}\"" : "")}}}]}{{(supplierCountry.Length > 0 ? $",\"parties\":[{{\"id\":\"S\",\"name\":\"{supplier}\",\"roles\":[\"supplier\"],\"address\":{{\"countryName\":\"{supplierCountry}\"}}}}]" : "")}}}
        """.ReplaceLineEndings("");

    public static Finding? Of(this Assessment assessment, string indicator, string subject) => assessment.Findings.FirstOrDefault(f => f.Indicator == indicator && f.Subject == subject);
}
