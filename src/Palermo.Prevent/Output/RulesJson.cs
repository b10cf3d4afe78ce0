using System.Text.Json;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Output;

/// <summary>A ruling as JSON; <c>docs/schemas/rules.schema.json</c> describes it.</summary>
public static class RulesJson
{
    /// <summary>Writes a ruling.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="tender">Name of the tender: a file, say.</param>
    /// <param name="facts">What it was judged by.</param>
    /// <param name="ruling">The ruling.</param>
    /// <param name="gaps">Safeguard gaps; null if the tender is no publication.</param>
    /// <param name="explain">Whether traces are written.</param>
    public static void Write(Stream output, string tender, TenderFacts facts, Ruling ruling, IReadOnlyList<SafeguardGap>? gaps, bool explain)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(ruling);
        using var writer = new Utf8JsonWriter(output, JsonOut.Options);
        writer.WriteStartObject();
        writer.WriteString("schema", "palermo.rules/1");
        writer.WriteString("tender", tender);
        Optional(writer, "title", facts.Title);
        Day(writer, "asOf", facts.AsOf);
        writer.WriteStartArray("facts");
        foreach (var (name, value) in facts.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WritePropertyName("value");
            FactWriter.Write(value, writer);
            Optional(writer, "origin", facts.Origins.GetValueOrDefault(name, ""));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("packs");
        foreach (var pack in ruling.Packs)
        {
            Write(writer, pack, explain);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("questions");
        foreach (var question in ruling.Questions)
        {
            writer.WriteStartObject();
            writer.WriteString("need", question.Need);
            writer.WriteString("text", question.Text);
            writer.WriteString("known", question.Known);
            writer.WriteNumber("settles", question.Settles);
            JsonOut.Texts(writer, "packs", question.Packs);
            JsonOut.Texts(writer, "answers", [.. question.Answers.Select(a => a.Key)]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (gaps is not null)
        {
            writer.WriteStartArray("safeguards");
            foreach (var gap in gaps)
            {
                writer.WriteStartObject();
                writer.WriteString("id", gap.Provision.Id);
                writer.WriteString("measure", gap.Measure);
                writer.WriteString("status", gap.Status switch { Shown.Shown => "shown", Shown.NotShown => "not-shown", _ => "cannot-be-seen" });
                writer.WriteString("evidence", gap.Evidence);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, PackRuling ruling, bool explain)
    {
        var pack = ruling.Pack;
        writer.WriteStartObject();
        writer.WriteString("id", pack.Id);
        writer.WriteString("title", pack.Title);
        writer.WriteString("version", pack.Version);
        writer.WriteString("hash", pack.Hash);
        writer.WriteString("jurisdiction", pack.Jurisdiction);
        writer.WriteString("status", pack.Status);
        Truth(writer, "applies", ruling.Applies);
        Day(writer, "asOf", ruling.AsOf);
        writer.WriteString("temporalKey", pack.TemporalKey);
        writer.WriteString("reason", ruling.Reason);
        Provisions(writer, "obligations", ruling, p => p is { Provision: Obligation, Result: Prevent.Rules.Truth.True }, explain);
        Provisions(writer, "determinations", ruling, p => p is { Provision: Determination, Result: Prevent.Rules.Truth.True }, explain);
        Provisions(writer, "open", ruling, p => p.Result == Prevent.Rules.Truth.Unknown, explain);
        JsonOut.Texts(writer, "needs", ruling.Needs);
        Flips(writer, ruling.Flips);
        if (explain)
        {
            writer.WritePropertyName("trace");
            Trace(writer, ruling.Trace);
            JsonOut.Texts(writer, "uncertain", pack.Uncertain);
        }

        writer.WriteEndObject();
    }

    private static void Provisions(Utf8JsonWriter writer, string name, PackRuling ruling, Func<ProvisionRuling, bool> which, bool explain)
    {
        writer.WriteStartArray(name);
        foreach (var judged in ruling.Provisions.Where(which))
        {
            writer.WriteStartObject();
            writer.WriteString("id", judged.Provision.Id);
            if (judged.Provision is Obligation obligation)
            {
                writer.WriteString("phase", obligation.Phase);
                writer.WriteString("actor", obligation.Actor);
                writer.WriteString("strength", Wording.Of(obligation.Strength));
                writer.WriteString("title", obligation.Title);
                writer.WriteString("summary", obligation.Summary);
            }
            else if (judged.Provision is Determination determination)
            {
                writer.WriteString("kind", determination.Kind);
                writer.WriteString("outcome", determination.Outcome);
                Optional(writer, "lookBack", determination.LookBack);
                Optional(writer, "selfCleaning", determination.SelfCleaning);
                Optional(writer, "process", determination.Process);
            }

            Measures(writer, judged.Provision);
            writer.WriteString("citation", judged.Provision.Citation.ToString());
            Optional(writer, "url", judged.Provision.Citation.Url);
            writer.WriteString("checked", judged.Provision.Checked);
            writer.WriteString("pack", ruling.Pack.Pin);
            Optional(writer, "reason", judged.Reason);
            if (judged.Needs.Count > 0)
            {
                JsonOut.Texts(writer, "needs", judged.Needs);
            }

            Flips(writer, judged.Flips);
            if (explain && judged.Trace is not null)
            {
                writer.WritePropertyName("trace");
                Trace(writer, judged.Trace);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Measures(Utf8JsonWriter writer, Provision provision)
    {
        writer.WriteString("measure", provision.Measures[0].Id);
        writer.WriteStartArray("measures");
        foreach (var use in provision.Measures)
        {
            writer.WriteStartObject();
            writer.WriteString("id", use.Id);
            if (use.Parameters.Count > 0)
            {
                writer.WriteStartObject("parameters");
                foreach (var (name, value) in use.Parameters)
                {
                    writer.WritePropertyName(name);
                    FactWriter.Write(value, writer);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Flips(Utf8JsonWriter writer, IReadOnlyList<Flip> flips)
    {
        if (flips.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("flips");
        foreach (var flip in flips)
        {
            writer.WriteStartObject();
            writer.WriteString("fact", flip.Fact);
            if (flip.Now is { } now)
            {
                writer.WritePropertyName("now");
                FactWriter.Write(now, writer);
            }

            writer.WritePropertyName("then");
            FactWriter.Write(flip.Then, writer);
            Truth(writer, "result", flip.Result);
            Optional(writer, "citation", flip.Citation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Trace(Utf8JsonWriter writer, TraceNode node)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", node.Kind.ToString().ToLowerInvariant());
        Truth(writer, "result", node.Truth);
        Optional(writer, "name", node.Name);
        if (node.Leaf is not null)
        {
            writer.WriteString("sentence", Sentences.Phrase(node));
        }

        Value(writer, "observed", node.Observed);
        Value(writer, "required", node.Required);
        Day(writer, "from", node.From);
        Day(writer, "to", node.To);
        Day(writer, "notYetInForceBefore", node.NotYet);
        Day(writer, "cutoff", node.Cutoff);
        Optional(writer, "citation", node.Citation);
        Optional(writer, "checked", node.Checked);
        Optional(writer, "need", node.Need);
        if (node.Rate is { } rate)
        {
            writer.WriteString("rate", $"1 {rate.From} = {rate.Rate} {rate.To}, {rate.Date:yyyy-MM-dd}, {rate.Source}");
        }

        if (node.Children.Count > 0)
        {
            writer.WriteStartArray("parts");
            foreach (var child in node.Children)
            {
                Trace(writer, child);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, string name, FactValue? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            FactWriter.Write(value, writer);
        }
    }

    private static void Truth(Utf8JsonWriter writer, string name, Truth truth)
    {
        if (truth == Prevent.Rules.Truth.Unknown)
        {
            writer.WriteString(name, "unknown");
        }
        else
        {
            writer.WriteBoolean(name, truth == Prevent.Rules.Truth.True);
        }
    }

    private static void Day(Utf8JsonWriter writer, string name, DateOnly? day)
    {
        if (day is { } d)
        {
            writer.WriteString(name, d.ToString("yyyy-MM-dd", null));
        }
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }
}
