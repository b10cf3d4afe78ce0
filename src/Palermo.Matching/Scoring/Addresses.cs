using Palermo.Matching.Text;

namespace Palermo.Matching.Scoring;

/// <summary>How alike two addresses are: the share of the shorter one's words (numbers and rare words count more) that the other one has, however it is cut into words.</summary>
internal static class Addresses
{
    private static readonly HashSet<string> s_common = ["street", "st", "road", "rd", "avenue", "ave", "no", "number", "building", "bldg", "floor", "room", "city", "district", "dist", "province", "zone", "industrial", "park", "area", "estate", "the", "of", "po", "box", "p", "o", "blvd", "lane", "ln", "dr", "drive", "n", "s", "e", "w", "north", "south", "east", "west", "lot", "unit", "suite", "block", "plot", "village", "calle", "rua", "rue", "str", "ul", "ulitsa", "mah", "sok", "cad", "sk", "phum", "khum", "sangkat", "khan", "srok", "barangay", "county", "state", "country"];

    /// <summary>From 0 to 1; -1 where one of them has no words.</summary>
    public static float Alike(string a, string b)
    {
        var x = Tokenizer.Words(a).ToList();
        var y = Tokenizer.Words(b).ToList();
        if (x.Count == 0 || y.Count == 0)
        {
            return -1;
        }

        if (x.Sum(Weight) > y.Sum(Weight))
        {
            (x, y) = (y, x);
        }

        var glued = string.Concat(y);
        var other = new HashSet<string>(y);
        var edits = new Edits();
        var (found, all) = (0f, 0f);
        foreach (var word in x)
        {
            var weight = Weight(word);
            all += weight;
            if (other.Contains(word))
            {
                found += weight;
            }
            else if (word.Length >= 4 && glued.Contains(word, StringComparison.Ordinal))
            {
                found += 0.9f * weight;
            }
            else if (word.Length >= 5 && !char.IsAsciiDigit(word[0]) && y.Any(o => o.Length >= 5 && edits.Distance(System.Text.Encoding.ASCII.GetBytes(word), System.Text.Encoding.ASCII.GetBytes(o), 1) <= 1))
            {
                found += 0.8f * weight;
            }
        }

        return found / all;
    }

    private static float Weight(string word) => s_common.Contains(word) ? 0.3f : char.IsAsciiDigit(word[0]) ? 1.2f : word.Length <= 2 ? 0.5f : 1f;
}
