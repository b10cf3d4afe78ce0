namespace Palermo.Knowledge.Words;

/// <summary>
/// Forms of a folded word that a list need not write out: singular and plural in the languages that form them by an s,
/// article and prepositions grown onto the word in Arabic. Other languages use a star in the word list.
/// </summary>
internal static class Forms
{
    private static readonly HashSet<string> s_languages = ["en", "fr", "es", "pt"];

    /// <summary>All combinations of the forms of the words of a phrase.</summary>
    public static IEnumerable<string> Expand(string phrase, string language)
    {
        if (language == "ar")
        {
            return Prefixed(phrase);
        }

        if (language == "ro")
        {
            return Declined(phrase);
        }

        if (!s_languages.Contains(language))
        {
            return [phrase];
        }

        IEnumerable<string> phrases = [""];
        foreach (var word in phrase.Split(' '))
        {
            var forms = Numbers(word, language).ToArray();
            phrases = phrases.SelectMany(head => forms.Select(form => head.Length == 0 ? form : $"{head} {form}")).ToArray();
        }

        return phrases;
    }

    private static IEnumerable<string> Numbers(string word, string language)
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

    // Romanian writes the article and the cases on the end: mobilier, mobilierul, mobilierului; servicii de pază, serviciilor de pază.
    private static IEnumerable<string> Declined(string phrase)
    {
        var end = phrase.IndexOf(' ', StringComparison.Ordinal);
        var (first, rest) = end < 0 ? (phrase, "") : (phrase[..end], phrase[end..]);
        yield return phrase;
        if (first.Length < 5 || !char.IsAsciiLetterLower(first[^1]))
        {
            yield break;
        }

        IEnumerable<string> forms = first[^1] switch
        {
            'a' => [first[..^1] + "ei", first[..^1] + "ele", first[..^1] + "elor"],
            'e' => [first + "le", first + "lor", first + "lui", first + "a", first[..^1] + "ea", first[..^1] + "ii"],
            'i' => [first + "le", first + "lor", first + "i", first + "ul", first + "ului"],
            'u' => [first + "l", first + "lui"],
            _ => [first + "ul", first + "ului", first + "i", first + "ii", first + "ilor", first + "e", first + "ele", first + "elor", first + "uri", first + "urile", first + "urilor"],
        };
        foreach (var form in forms)
        {
            yield return form + rest;
        }
    }

    // The article al-, and and-, with-, for- before it; folded as in FoldingTable.Arabic.
    private static IEnumerable<string> Prefixed(string phrase)
    {
        var words = phrase.Split(' ').Select(word => word.Length > 4 && word.StartsWith("al", StringComparison.Ordinal) ? word[2..] : word).ToArray();
        IEnumerable<string> phrases = [words[0], "al" + words[0], "w" + words[0], "wal" + words[0], "b" + words[0], "bal" + words[0], "l" + words[0], "ll" + words[0]];
        foreach (var word in words.Skip(1))
        {
            phrases = phrases.SelectMany(head => new[] { $"{head} {word}", $"{head} al{word}" }).ToArray();
        }

        return phrases;
    }
}
