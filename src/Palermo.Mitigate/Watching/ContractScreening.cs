using System.Text.Json;
using System.Text.RegularExpressions;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Mitigate.Watching;

/// <summary>Somebody or some place in the chain of a contract.</summary>
/// <param name="Kind"><c>supplier</c>, <c>subcontractor</c>, <c>site</c> …</param>
/// <param name="Name">Name.</param>
/// <param name="Country">Country (ISO 3166-1 alpha-2), or empty.</param>
/// <param name="Address">Address, or empty.</param>
public sealed record ChainMember(string Kind, string Name, string Country, string Address);

/// <summary>What is known of a contract that can be screened.</summary>
/// <param name="Title">What is bought.</param>
/// <param name="Items">Lines of words and codes.</param>
/// <param name="Country">Where it is carried out.</param>
/// <param name="Chain">Supplier and who stands behind it.</param>
public sealed record WatchedContract(string Title, IReadOnlyList<string> Items, string Country, IReadOnlyList<ChainMember> Chain);

/// <summary>Screens a contract under watch by the same indicators as published data: what is known of it is read as a release would be.</summary>
public static partial class ContractScreening
{
    /// <summary>Screens it.</summary>
    /// <returns>Causes to look at, and the highest level found.</returns>
    public static (IReadOnlyList<Cause> Causes, string Level) Screen(WatchedContract contract, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var release = Release(contract);
        using var source = new ProcessSource(["-"], new ReadOptions { Threads = 1, StandardInputName = "contract", StandardInput = () => new MemoryStream(release, writable: false) });
        source.Index(CancellationToken.None);
        // How a tender ran says nothing about a contract under way; parties of lists are looked for in all names of a dossier.
        var screener = new Screener(Catalogue.Default, new ScreeningOptions(asOf, new HashSet<string>(["listed-good", "downstream-good", "import-measure", "high-risk-sector", "place"])));
        var causes = new List<Cause>();
        var level = "";
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                new BatchReader().Read(batch, (process, origin) =>
                {
                    var assessment = screener.Assess(process, origin);
                    level = assessment.Salience.Name();
                    causes.AddRange(assessment.Findings.Where(f => f.Level >= Level.Low).Select(f => new Cause($"finding:{f.Indicator}:{f.Subject}:{f.Country}", "finding", f.Level.Name(), f.Sentence, Sources(f.Sources))));
                }, problem => throw new InvalidDataException($"The contract could not be screened: {problem.What}"));
            }
        }

        return (causes, level);
    }

    private static string Sources(IEnumerable<string> ids) => string.Join("; ", ids.Select(id => Catalogue.Default.Sources.TryGetValue(id, out var source) ? $"{source.Title} ({source.EditionDate})" : id));

    private static byte[] Release(WatchedContract contract)
    {
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream))
        {
            w.WriteStartObject();
            w.WriteString("ocid", "ocds-contract-0");
            w.WriteString("id", "1");
            w.WriteStartArray("tag");
            w.WriteStringValue("compiled");
            w.WriteEndArray();
            w.WriteStartArray("parties");
            foreach (var (member, i) in contract.Chain.Select((m, i) => (m, i)))
            {
                w.WriteStartObject();
                w.WriteString("id", $"p{i}");
                w.WriteString("name", member.Name);
                w.WriteStartArray("roles");
                w.WriteStringValue(member.Kind == "supplier" ? "supplier" : "subcontractor");
                w.WriteEndArray();
                w.WriteStartObject("address");
                w.WriteString("streetAddress", member.Address);
                w.WriteString("countryName", member.Country);
                w.WriteEndObject();
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteStartObject("tender");
            w.WriteString("id", "1");
            w.WriteString("title", contract.Title);
            w.WriteStartArray("items");
            foreach (var (line, i) in contract.Items.Select((l, i) => (l, i)))
            {
                w.WriteStartObject();
                w.WriteString("id", $"{i + 1}");
                w.WriteString("description", line);
                if (CpvCode().Match(line) is { Success: true } code)
                {
                    w.WriteStartObject("classification");
                    w.WriteString("scheme", "CPV");
                    w.WriteString("id", code.Value);
                    w.WriteEndObject();
                }

                w.WriteStartObject("deliveryAddress");
                w.WriteString("countryName", contract.Country);
                w.WriteEndObject();
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
            w.WriteStartArray("awards");
            w.WriteStartObject();
            w.WriteString("id", "1");
            w.WriteString("status", "active");
            w.WriteStartArray("suppliers");
            foreach (var (member, i) in contract.Chain.Select((m, i) => (m, i)).Where(m => m.m.Kind == "supplier"))
            {
                w.WriteStartObject();
                w.WriteString("id", $"p{i}");
                w.WriteString("name", member.Name);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
            w.WriteEndArray();
            w.WriteEndObject();
        }

        return stream.ToArray();
    }

    [GeneratedRegex("\\b[0-9]{8}(-[0-9])?\\b")]
    private static partial Regex CpvCode();
}
