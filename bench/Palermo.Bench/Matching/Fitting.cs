using System.Globalization;
using Palermo.Matching;
using Palermo.Matching.Index;
using Palermo.Matching.Pairs;
using Palermo.Matching.Scoring;

namespace Palermo.Bench.Matching;

/// <summary>Fits the weights of data/names/weights.csv: logistic regression, each weight held to the sign it must have, sources of labels balanced. Only on the half that is not held out.</summary>
internal static class Fitting
{
    // How much a source counts in all, whatever its size; hand-labelled sources count more.
    private static readonly Dictionary<string, double> s_pairs = new()
    {
        ["nk_name_bench"] = 1400, ["nk_entity_checks"] = 250, ["os_resolver"] = 900, ["patstat_leuven"] = 700, ["osh_training"] = 200, ["dedupe_chicago_sites"] = 150,
        ["febrl4"] = 250, ["synthetic_vietexob"] = 500, ["watchman_cross_script"] = 60,
        ["derived_ofac_aka"] = 400, ["derived_un_alias"] = 150, ["derived_dfat_alias"] = 250, ["derived_ua_war_alias"] = 300, ["derived_eu_journal_alias"] = 300,
    };

    // A search meets few that are listed and many that are not; what must be told apart are the nearest of both.
    private static readonly Dictionary<string, double> s_search = new()
    {
        ["nk_name_bench"] = 300, ["os_resolver"] = 500, ["patstat_leuven"] = 300, ["synthetic_vietexob"] = 500, ["watchman_cross_script"] = 30,
        ["derived_ofac_aka"] = 600, ["derived_un_alias"] = 150, ["derived_dfat_alias"] = 200, ["derived_ua_war_alias"] = 300, ["derived_eu_journal_alias"] = 300,
        ["mined-person"] = 2000, ["mined-organization"] = 1800,
    };

    private static readonly Feature[] s_for =
    [
        Feature.SameWord, Feature.SameWordRarity, Feature.SameDescriptor, Feature.SamePlace, Feature.SameNumber, Feature.SameParticle, Feature.SpellingRarity, Feature.VariantRarity, Feature.ConsonantsRarity,
        Feature.EditRarity, Feature.FarEditRarity, Feature.NearRarity, Feature.AbbreviationRarity, Feature.Acronym, Feature.JoinedRarity, Feature.SameForm, Feature.SameWritten, Feature.Complete, Feature.CompleteRarity, Feature.SameDate, Feature.SameAddress, Feature.SamePhone,
    ];

    private static readonly Feature[] s_against =
    [
        Feature.FirstLetter, Feature.Contradiction, Feature.ContradictionRarity, Feature.ContradictionShare, Feature.OtherDescriptor, Feature.OtherPlace, Feature.OtherNumber, Feature.Omission, Feature.OmissionRarity,
        Feature.OmissionShare, Feature.OmittedDescriptor, Feature.OmittedPlace, Feature.OmittedNumber, Feature.OmittedParticle, Feature.OmittedPatronymic, Feature.OtherForm, Feature.OneWord, Feature.NoWord,
        Feature.OtherDate, Feature.OtherAddress, Feature.OtherPhone,
    ];

    // Too few labels to fit: set, with the reason in docs/matching.md.
    private static readonly Dictionary<Feature, float> s_fixed = new()
    {
        [Feature.SameCountry] = 1, [Feature.OtherCountry] = -2, [Feature.SameIdentifier] = 14, [Feature.OtherIdentifier] = -6, [Feature.SameWritten] = 0.5f, [Feature.NearDate] = 2, [Feature.WeakName] = -2, [Feature.OtherKind] = -2, [Feature.ManyNames] = -0.25f,
    };

    public static void Run(string pairs, string? folder, string output, bool all)
    {
        var rows = LabelledPairs.Read(pairs).Where(r => r.Row.Label is not null && (all || !r.HeldOut) && s_pairs.ContainsKey(r.Row.Source)).Select(r => r.Row).ToList();
        var comparer = new PartyComparer();
        var samples = new List<(float[] Features, int Label, double Weight, string Source, bool Person)>();
        foreach (var row in rows)
        {
            var features = comparer.Features(row.A.Names[0], row.B.Names[0], row.A, row.B).ToArray();
            // Aliases that share nothing (noms de guerre) can't be told from names alone.
            if (row.Label == 1 && row.Source.StartsWith("derived", StringComparison.Ordinal) && features[(int)Feature.NoWord] > 0)
            {
                continue;
            }

            samples.Add((features, row.Label!.Value, 0, row.Source, comparer.WasPerson));
        }

        if (folder is not null)
        {
            Mine(rows, folder, comparer, samples);
        }

        var person = Fit(Weighted(samples, s_pairs, true));
        var organization = Fit(Weighted(samples, s_pairs, false));
        var searchPerson = folder is null ? person : Fit(Weighted(samples, s_search, true));
        var searchOrganization = folder is null ? organization : Fit(Weighted(samples, s_search, false));
        if (folder is not null)
        {
            // What is mined depends on the weights it is mined with: half a step at a time, or the two chase each other. Run it until little changes.
            Damp(searchPerson, MatchModel.For(true, true));
            Damp(searchOrganization, MatchModel.For(false, true));
        }

        Fill(person, organization);
        Fill(organization, person);
        foreach (var feature in s_circumstances)
        {
            (searchPerson[(int)feature], searchOrganization[(int)feature]) = (person[(int)feature], organization[(int)feature]);
        }

        using var writer = new StreamWriter(output) { NewLine = "\n" };
        writer.WriteLine("feature,person,organization,search-person,search-organization,source");
        foreach (var feature in Enum.GetValues<Feature>())
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{feature},{person[(int)feature]:0.####},{organization[(int)feature]:0.####},{searchPerson[(int)feature]:0.####},{searchOrganization[(int)feature]:0.####},{(s_fixed.ContainsKey(feature) ? "set" : "fitted")}"));
        }

        Console.WriteLine($"{samples.Count:N0} pairs; wrote {output}");
    }

    private static void Damp(float[] weights, MatchModel before)
    {
        for (var f = 0; f < weights.Length; f++)
        {
            weights[f] = (weights[f] + before[(Feature)f]) / 2;
        }
    }

    private static readonly Feature[] s_circumstances = [Feature.SameDate, Feature.OtherDate, Feature.SameAddress, Feature.OtherAddress, Feature.SamePhone, Feature.OtherPhone];

    // Where no labelled pair of the one kind has a fact (a telephone of a person, a date of a company), the other kind's weight stands in.
    private static void Fill(float[] weights, float[] other)
    {
        foreach (var feature in s_circumstances)
        {
            weights[(int)feature] = weights[(int)feature] == 0 ? other[(int)feature] : weights[(int)feature];
        }
    }

    private static List<(float[] Features, int Label, double Weight)> Weighted(List<(float[] Features, int Label, double Weight, string Source, bool Person)> samples, Dictionary<string, double> sources, bool person)
    {
        var groups = samples.GroupBy(s => (s.Source, s.Label)).ToDictionary(g => g.Key, g => g.Count());
        return [.. samples.Where(s => s.Person == person && sources.ContainsKey(s.Source)).Select(s =>
        {
            var total = groups.GetValueOrDefault((s.Source, 0)) + groups.GetValueOrDefault((s.Source, 1));
            var halved = s.Source.StartsWith("derived", StringComparison.Ordinal) || s.Source is "synthetic_vietexob";
            var share = halved ? 0.5 / groups[(s.Source, s.Label)] : 1.0 / total;
            return (s.Features, s.Label, sources[s.Source] * share);
        })];
    }

    /// <summary>
    /// Negatives as a search meets them: names that are not on a list, each with the listed names that come nearest. They
    /// teach how much a common name says. The queries of the retrieval benchmark are not among them.
    /// </summary>
    private static void Mine(List<PairRow> rows, string folder, PartyComparer comparer, List<(float[] Features, int Label, double Weight, string Source, bool Person)> samples)
    {
        var queries = File.ReadLines(Path.Combine(folder, "queries-development.jsonl")).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("A").GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        using var index = NameIndex.Over(RetrievalList.Build(RetrievalList.Read(folder)));
        var searcher = new NameSearcher(index);
        var hits = new List<Hit>();
        var names = rows.Where(r => r.Source is "synthetic_vietexob" or "patstat_leuven" or "febrl4" or "osh_training" or "dedupe_chicago_sites")
            .SelectMany(r => new[] { (Name: r.A.Names[0], r.A.Kind), (Name: r.B.Names[0], r.B.Kind) }).Where(n => !queries.Contains(n.Name)).Distinct().ToList();
        var found = new List<(float[] Features, double Bits, bool Person, PartyKind Kind)>();
        foreach (var (name, kind) in names)
        {
            searcher.Search(name, kind, 2, -1000, hits);
            foreach (var hit in hits)
            {
                var listed = index.NameText(hit.Name);
                var (a, b) = (new Party { Names = [name], Kind = kind }, new Party { Names = [listed], Kind = kind });
                found.Add((comparer.Features(name, listed, a, b).ToArray(), hit.Bits, comparer.WasPerson, kind));
            }
        }

        // The nearest of them are what a threshold must keep out.
        foreach (var group in found.GroupBy(f => f.Kind == PartyKind.Person))
        {
            var hard = group.OrderByDescending(f => f.Bits).Take(group.Count() / 8);
            samples.AddRange(hard.Select(f => (f.Features, 0, 0d, group.Key ? "mined-person" : "mined-organization", f.Person)));
        }
    }

    private static readonly (Feature Count, Feature Rarity)[] s_lesser =
    [
        (Feature.Spelling, Feature.SpellingRarity), (Feature.Variant, Feature.VariantRarity), (Feature.Consonants, Feature.ConsonantsRarity), (Feature.Edit, Feature.EditRarity), (Feature.FarEdit, Feature.FarEditRarity),
        (Feature.Near, Feature.NearRarity), (Feature.Abbreviation, Feature.AbbreviationRarity), (Feature.Joined, Feature.JoinedRarity),
    ];

    private static float[] Fit(List<(float[] Features, int Label, double Weight)> samples)
    {
        var count = MatchModel.FeatureCount;
        var w = new double[count];
        var (lower, upper) = (new double[count], new double[count]);
        for (var f = 0; f < count; f++)
        {
            (lower[f], upper[f]) = (double.NegativeInfinity, double.PositiveInfinity);
        }

        foreach (var f in s_for)
        {
            lower[(int)f] = 0;
        }

        foreach (var f in s_against)
        {
            upper[(int)f] = 0;
        }

        foreach (var (feature, value) in s_fixed)
        {
            w[(int)feature] = lower[(int)feature] = upper[(int)feature] = value * Math.Log(2);
        }

        // One weight after the other, each by a Newton step within its bounds, until nothing moves.
        var columns = Enumerable.Range(0, count).Select(f => samples.Select((s, i) => (Row: i, Value: (double)s.Features[f])).Where(x => x.Value != 0).ToArray()).ToArray();
        var sums = samples.Select(s => Enumerable.Range(0, count).Sum(f => w[f] * s.Features[f])).ToArray();
        var weight = samples.Sum(s => s.Weight);
        for (var sweep = 0; sweep < 400; sweep++)
        {
            var moved = 0d;
            for (var f = 0; f < count; f++)
            {
                if (lower[f] == upper[f] || columns[f].Length == 0)
                {
                    continue;
                }

                var ridge = f == 0 ? 0 : Ridge * weight;
                var (slope, curve) = (ridge * w[f], ridge + 1e-9);
                foreach (var (row, value) in columns[f])
                {
                    var p = 1 / (1 + Math.Exp(-sums[row]));
                    slope += samples[row].Weight * (p - samples[row].Label) * value;
                    curve += samples[row].Weight * Math.Max(p * (1 - p), 1e-3) * value * value;
                }

                var most = Math.Min(upper[f], Most((Feature)f, w));
                var next = Math.Min(Math.Max(w[f] - Math.Clamp(slope / curve, -1, 1), lower[f]), Math.Max(most, lower[f]));
                var step = next - w[f];
                if (step != 0)
                {
                    w[f] = next;
                    moved = Math.Max(moved, Math.Abs(step));
                    foreach (var (row, value) in columns[f])
                    {
                        sums[row] += step * value;
                    }
                }
            }

            if (moved < 1e-4)
            {
                break;
            }
        }

        var loss = samples.Select((s, i) => s.Weight * Math.Log(1 + Math.Exp(s.Label == 1 ? -sums[i] : sums[i]))).Sum() / weight;
        Console.WriteLine($"{samples.Count:N0} samples, loss {loss:0.0000}");
        return [.. w.Select(x => (float)(x / Math.Log(2)))];
    }

    private const double Ridge = 0.0003;

    private static double Margin(Feature feature) => feature switch { Feature.Spelling or Feature.Joined => 0.05, Feature.Variant => 0.1, Feature.Abbreviation => 0.3, Feature.Edit => 0.4, Feature.FarEdit => 0.6, _ => 0.8 };

    // No way of being nearly the same says more than being the same.
    private static double Most(Feature feature, double[] w)
    {
        foreach (var (count, rarity) in s_lesser)
        {
            if (feature == Feature.Consonants)
            {
                // Without vowels a third of the letters is gone; too few labelled names to fit it.
                return w[(int)Feature.SameWord] - Math.Log(2);
            }

            if (feature == count)
            {
                // By a margin, so that of two candidates the one that is written the same comes first.
                return w[(int)Feature.SameWord] - (Margin(feature) * Math.Log(2));
            }

            if (feature == rarity)
            {
                return w[(int)Feature.SameWordRarity];
            }
        }

        return feature switch
        {
            Feature.Acronym => w[(int)Feature.SameWordRarity],
            Feature.Initial => w[(int)Feature.SameWord] + (3 * w[(int)Feature.SameWordRarity]),
            _ => double.PositiveInfinity,
        };
    }
}
