using System.Globalization;
using System.Reflection;
using Sylvan.Data.Csv;

namespace Palermo.Matching.Scoring;

/// <summary>The weights of the features in bits, for names of people and of organizations. They are fitted by <c>bench match fit</c>; see data/names/weights.csv.</summary>
internal sealed class MatchModel
{
    public static readonly int FeatureCount = Enum.GetValues<Feature>().Length;

    private static readonly Lazy<MatchModel[]> s_shared = new(Read);

    private readonly float[] _weights;

    public MatchModel(float[] weights) => _weights = weights;

    /// <summary>The weights for names of people or of organizations; for two given names, or for a name and what a search of a list found for it: most names asked for are not listed, so common words say less.</summary>
    public static MatchModel For(bool people, bool search) => s_shared.Value[(people ? 0 : 1) + (search ? 2 : 0)];

    public float this[Feature feature] => _weights[(int)feature];

    public double Bits(ReadOnlySpan<float> features)
    {
        var bits = 0d;
        for (var i = 0; i < _weights.Length; i++)
        {
            bits += (double)_weights[i] * features[i];
        }

        return bits;
    }

    private static MatchModel[] Read()
    {
        var weights = Enumerable.Range(0, 4).Select(_ => new float[FeatureCount]).ToArray();
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("names/weights.csv") ?? throw new InvalidOperationException("data/names/weights.csv is not in the build.");
        using var csv = CsvDataReader.Create(new StreamReader(stream));
        while (csv.Read())
        {
            var feature = (int)Enum.Parse<Feature>(csv.GetString(0));
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i][feature] = float.Parse(csv.GetString(i + 1), CultureInfo.InvariantCulture);
            }
        }

        return [.. weights.Select(w => new MatchModel(w))];
    }
}
