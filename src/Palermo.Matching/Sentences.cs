using System.Globalization;

namespace Palermo.Matching;

/// <summary>Says a comparison in one plain sentence.</summary>
public static class Sentences
{
    /// <summary>What the two names share, how they differ, and what else speaks; no verdict.</summary>
    public static string Of(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var pro = comparison.Evidence.Where(e => e.Bits >= 0 || IsTie(e.Rule)).Select(Say).Where(s => s.Length > 0).Distinct().Take(5).ToList();
        var contra = comparison.Evidence.Where(e => e.Bits < 0 && !IsTie(e.Rule)).Select(Say).Where(s => s.Length > 0).Distinct().Take(4).ToList();
        var words = comparison.Band switch
        {
            MatchBand.Certain => "are very probably one party",
            MatchBand.Likely => "are probably one party",
            MatchBand.Review => "may be one party",
            _ => "are probably two parties",
        };
        var reasons = (pro.Count > 0 ? ": " + string.Join("; ", pro) : "") + (contra.Count > 0 ? (pro.Count > 0 ? "; against it: " : "; against it: ") + string.Join("; ", contra) : "");
        return string.Create(CultureInfo.InvariantCulture, $"“{comparison.Query}” and “{comparison.Listed}” {words} ({comparison.Probability:0.00}){reasons}.");
    }

    private static bool IsTie(string rule) => rule is "same-word" or "spelling" or "variant" or "consonants" or "edit" or "far-edit" or "near" or "initial" or "abbreviation" or "acronym" or "joined" or "same-number";

    /// <summary>One piece of evidence in words; empty for those that only weigh the others.</summary>
    public static string Say(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var (q, l) = (evidence.Query, evidence.Listed);
        return evidence.Rule switch
        {
            "same-word" => $"both have {q}",
            "same-number" => $"both have the number {q}",
            "spelling" => $"{q} and {l} are spellings of one word",
            "variant" => $"{q} and {l} stand for each other",
            "consonants" => $"{q} and {l} have the same consonants",
            "edit" => $"{q} and {l} differ by a letter or two",
            "far-edit" => $"{q} and {l} differ by a few letters",
            "near" => $"{q} and {l} are somewhat alike",
            "initial" => $"{(q.Length == 1 ? q : l)} may be the initial of {(q.Length == 1 ? l : q)}",
            "abbreviation" => $"{(q.Length < l.Length ? q : l)} may be short for {(q.Length < l.Length ? l : q)}",
            "acronym" => $"{(q.Contains(' ', StringComparison.Ordinal) ? l : q)} are the first letters of {(q.Contains(' ', StringComparison.Ordinal) ? q : l)}",
            "joined" => $"{q} and {l} are the same letters",
            "complete" => "nothing of either name is left over",
            "other-word" => $"{q} and {l} differ",
            "other-number" => $"the numbers {q} and {l} differ",
            "other-place" => $"the places {q} and {l} differ",
            "other-descriptor" => $"{q} and {l} differ",
            "omitted-word" or "omitted-number" or "omitted-place" or "omitted-descriptor" or "omitted-patronymic" => q.Length > 0 ? $"only the party asked for has {q}" : $"only the listed party has {l}",
            "no-word" => "they share no word that tells names apart",
            "one-word" => "they share a single word",
            "same-form" => "the legal forms agree",
            "other-form" => $"the legal forms differ ({q}, {l})",
            "same-country" => "a country is the same",
            "other-country" => $"the countries differ ({q}, {l})",
            "same-date" => $"the date {q} is the same",
            "near-date" => $"the dates {q} and {l} nearly agree",
            "other-date" => $"the dates differ ({q}, {l})",
            "same-address" => "the addresses agree",
            "other-address" => "the addresses differ",
            "same-phone" => "a telephone number is the same",
            "other-phone" => "the telephone numbers differ",
            "same-identifier" => $"the identifier {q} is the same",
            "same-identifier-unchecked" => $"the identifier {q} is the same, but its check digits do not hold",
            "other-identifier" => $"identifiers of one scheme differ ({q}, {l})",
            "other-kind" => "one reads as a person, the other as a company of that first name",
            "weak-name" => "the list calls that name weak",
            "many-names" => $"the listed party has {l} names",
            _ => "",
        };
    }
}
