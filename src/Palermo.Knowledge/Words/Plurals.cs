namespace Palermo.Knowledge.Words;

/// <summary>Singular and plural forms of a folded word, for the languages that form them by an s. Other languages use a star in the word list.</summary>
internal static class Plurals
{
    private static readonly HashSet<string> s_languages = ["en", "fr", "es", "pt"];

    /// <summary>All combinations of the forms of the words of a phrase.</summary>
    public static IEnumerable<string> Expand(string phrase, string language)
    {
        if (!s_languages.Contains(language))
        {
            return [phrase];
        }

        IEnumerable<string> phrases = [""];
        foreach (var word in phrase.Split(' '))
        {
            var forms = Forms(word, language).ToArray();
            phrases = phrases.SelectMany(head => forms.Select(form => head.Length == 0 ? form : $"{head} {form}")).ToArray();
        }

        return phrases;
    }

    private static IEnumerable<string> Forms(string word, string language)
    {
        yield return word;
        if (word.Length < 4 || word[^1] is '*' or (>= '0' and <= '9'))
        {
            yield break;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal) && language == "en")
        {
            yield return word[..^3] + "y";
        }
        else if (word.EndsWith("oes", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("ores", StringComparison.Ordinal) || word.EndsWith("ones", StringComparison.Ordinal))
        {
            yield return word[..^2];
            yield return word[..^1];
        }
        else if (word[^1] == 's')
        {
            if (word[^2] is not ('s' or 'u' or 'i'))
            {
                yield return word[..^1];
            }
        }
        else
        {
            yield return word + "s";
            if (word[^1] == 'y' && language == "en")
            {
                yield return word[..^1] + "ies";
            }
            else if (word[^1] is not ('a' or 'e'))
            {
                yield return word + "es";
            }

            if (language == "fr" && word.EndsWith("eau", StringComparison.Ordinal))
            {
                yield return word + "x";
            }
        }
    }
}
