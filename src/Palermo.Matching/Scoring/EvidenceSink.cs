using Palermo.Matching.Names;

namespace Palermo.Matching.Scoring;

/// <summary>Collects what the features rest on, so that a score can be taken apart into sentences whose bits add up to it.</summary>
internal sealed class EvidenceSink(Func<MatchModel> model)
{
    private readonly List<Evidence> _items = [];

    public IReadOnlyList<Evidence> Items => _items;

    public void Clear() => _items.Clear();

    public void Tied(NameForm a, int i, NameForm b, int j, in Link link, float rarity)
    {
        ref readonly var x = ref a.Tokens[i];
        ref readonly var y = ref b.Tokens[j];
        var (count, weighted) = PairScorer.FeaturesOf(link, x, y);
        var bits = Bits(count, weighted == count ? rarity : 1) + (weighted == count ? 0 : Bits(weighted, rarity));
        if (link.OtherFirstLetter)
        {
            bits += Bits(Feature.FirstLetter, 1);
        }

        if (x.Written != 0 && x.Written == y.Written && link.Relation == Relation.Same)
        {
            bits += Bits(Feature.SameWritten, 1);
        }

        var rule = link.Relation switch
        {
            Relation.Same when x.Class == TokenClass.Number => "same-number",
            Relation.Same => "same-word",
            Relation.Spelling => "spelling",
            Relation.Variant => "variant",
            Relation.Consonants => "consonants",
            Relation.Edit => "edit",
            Relation.FarEdit => "far-edit",
            Relation.Near => "near",
            Relation.Initial => "initial",
            _ => "abbreviation",
        };
        _items.Add(new Evidence(rule, a.Say(i), b.Say(j), bits));
    }

    public void Add(string rule, string query, string listed, params ReadOnlySpan<(Feature Feature, float Value)> parts)
    {
        var bits = 0d;
        foreach (var (feature, value) in parts)
        {
            bits += Bits(feature, value);
        }

        _items.Add(new Evidence(rule, query, listed, bits));
    }

    private double Bits(Feature feature, float value) => model()[feature] * value;
}
