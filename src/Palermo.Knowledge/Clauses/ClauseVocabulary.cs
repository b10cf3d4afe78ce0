using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Clauses;

/// <summary>The lowest level of risk at which a text is chosen though no rule asks for it.</summary>
public enum ChosenFrom
{
    /// <summary>Always.</summary>
    Low,

    /// <summary>From medium risk on.</summary>
    Medium,

    /// <summary>At high risk.</summary>
    High,

    /// <summary>Only where a rule that binds asks for it.</summary>
    Bound,
}

/// <summary>Where something belongs: the measures it carries out, from which risk on, for which purchases.</summary>
/// <param name="Measures">Ids of measures.</param>
/// <param name="From">Lowest level of risk.</param>
/// <param name="Categories">Kinds of purchase; none for all.</param>
/// <param name="Sectors">Ids of sectors; none for all.</param>
/// <param name="Harms">Harms that call for it at any level.</param>
public sealed record Choice(IReadOnlyList<string> Measures, ChosenFrom From, IReadOnlyList<string> Categories, IReadOnlyList<string> Sectors, IReadOnlyList<string> Harms);

/// <summary>A text of the tender pack.</summary>
/// <param name="Id">Part and name.</param>
/// <param name="Order">Place within its part.</param>
/// <param name="Element">Number of the element of a clause set; 0 if none.</param>
/// <param name="Choice">When it is chosen.</param>
/// <param name="Version">Version of its meaning.</param>
/// <param name="Standard">What it rests on besides the rules that bind.</param>
public sealed record ClauseBlock(string Id, int Order, int Element, Choice Choice, int Version, string Standard)
{
    /// <summary>The part: exclusion, selection, award, contract, plan, certificate, notice, letter or brief.</summary>
    public string Part => Id[..Id.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>What kind of answer a question asks for.</summary>
public enum AnswerType
{
    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>Words.</summary>
    Text,

    /// <summary>A number, zero or more.</summary>
    Number,

    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>An amount in the currency of the bid.</summary>
    Money,

    /// <summary>A day.</summary>
    Date,

    /// <summary>Countries, ISO 3166-1 alpha-2.</summary>
    Countries,
}

/// <summary>What an answer is for.</summary>
public enum QuestionKind
{
    /// <summary>A bid without it is incomplete.</summary>
    Required,

    /// <summary>Marked 0 to 4 by people, on the published scale.</summary>
    Scored,

    /// <summary>Bears on a ground for exclusion.</summary>
    Exclusion,

    /// <summary>Good to know.</summary>
    Information,
}

/// <summary>A question of the supplier questionnaire.</summary>
/// <param name="Id">Id.</param>
/// <param name="Group">Group it stands in.</param>
/// <param name="Answer">What is answered.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Points">Weight of a scored question; 0 otherwise.</param>
/// <param name="Choice">When it is asked.</param>
/// <param name="When">Only if another answer is so; null if always.</param>
/// <param name="Evidence">True if documents are expected.</param>
public sealed record ClauseQuestion(string Id, string Group, AnswerType Answer, QuestionKind Kind, int Points, Choice Choice, AnswerTest? When, bool Evidence);

/// <summary>A test of answers: <c>question.complaints &gt; 0</c>, or a product before the sign.</summary>
/// <param name="Left">What is multiplied before the sign: ids of questions, <c>bid.price</c> or <c>espd.</c> and a criterion.</param>
/// <param name="Sign"><c>=</c>, <c>&gt;</c> or <c>&lt;</c>.</param>
/// <param name="Right">A value, an id, or <c>none</c> for no answer.</param>
public sealed record AnswerTest(IReadOnlyList<string> Left, char Sign, string Right)
{
    /// <summary>Reads a test; null if it is none.</summary>
    public static AnswerTest? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOfAny(['=', '>', '<']);
        return at <= 0 ? null : new AnswerTest([.. text[..at].Split('*', StringSplitOptions.TrimEntries)], text[at], text[(at + 1)..].Trim());
    }

    /// <summary>Everything it names that is no plain value.</summary>
    public IEnumerable<string> Names => Left.Append(Right).Where(n => n.Contains('.', StringComparison.Ordinal) && !char.IsAsciiDigit(n[0]));
}

/// <summary>What the texts leave open.</summary>
/// <param name="Id">Name, as it stands in braces.</param>
/// <param name="Type">Text, number or date.</param>
/// <param name="Unit">What a number counts; blank otherwise.</param>
/// <param name="Minimum">Least number.</param>
/// <param name="Maximum">Greatest number.</param>
/// <param name="Default">Value where nobody sets one; blank if it stays open.</param>
/// <param name="Measure">Measure whose parameter sets it; blank if none.</param>
/// <param name="Parameter">That parameter.</param>
/// <param name="Description">What it is.</param>
public sealed record FillIn(string Id, FillInType Type, string Unit, decimal? Minimum, decimal? Maximum, string Default, string Measure, string Parameter, string Description);

/// <summary>What a fill-in is made of.</summary>
public enum FillInType
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A number within limits.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,
}

/// <summary>Something that falls due in the life of the contract.</summary>
/// <param name="Id">Id.</param>
/// <param name="Choice">When it is chosen.</param>
/// <param name="Anchor"><c>notice</c>, <c>start</c> or <c>end</c>.</param>
/// <param name="After">How long after: numbers or fill-ins, summed; a minus for before.</param>
/// <param name="Unit"><c>days</c>, <c>months</c> or <c>years</c>.</param>
/// <param name="Every">Interval in months: a number or a fill-in; blank if once.</param>
/// <param name="Who"><c>buyer</c>, <c>supplier</c> or <c>both</c>.</param>
public sealed record CalendarEntry(string Id, Choice Choice, string Anchor, IReadOnlyList<string> After, string Unit, string Every, string Who);

/// <summary>Answers that do not fit together.</summary>
/// <param name="Id">Id of the text that says so.</param>
/// <param name="Tests">Tests that all hold.</param>
public sealed record ConsistencyRule(string Id, IReadOnlyList<AnswerTest> Tests);
