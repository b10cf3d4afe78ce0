using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Palermo.Matching;
using Palermo.Matching.Decisions;
using Palermo.Matching.Lists;

namespace Palermo.Cli.Matching;

/// <summary>Writes candidates.</summary>
internal abstract class MatchWriter : IDisposable
{
    public static MatchWriter Create(string format, Stream output, bool explain) => format switch
    {
        "jsonl" => new Lines(output),
        "csv" => new Rows(output),
        _ => new Table(output, explain),
    };

    public abstract void Write(MatchResult result);

    public virtual void End()
    {
    }

    public virtual void Dispose()
    {
    }

    private static string SayVerdict(Verdict verdict) => verdict switch { Verdict.Match => "match", Verdict.NotAMatch => "not-a-match", _ => "unsure" };

    /// <summary>What the candidate is to the party asked for: the listed party itself, or one the listing reaches through it.</summary>
    private static IEnumerable<string> Reach(ListCandidate candidate) => candidate.Party.Rules.Where(r => r.Kind == "group").Select(r => r.Text)
        .Concat(candidate.Owners.Count > 0 ? [$"owned by {string.Join(", owned by ", candidate.Owners)}"] : [])
        .Concat(candidate.Party.Relations.Where(r => r.Role != "owner").Select(r => $"{r.Role}: {r.Party}{(r.Share.Length > 0 ? $" ({r.Share} %)" : "")}"));

    private sealed class Lines(Stream output) : MatchWriter
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(4096);

        public override void Write(MatchResult result)
        {
            _buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_buffer, PairWriter.Options))
            {
                json.WriteStartObject();
                if (result.Asked.Id.Length > 0)
                {
                    json.WriteString("id", result.Asked.Id);
                }

                json.WriteNumber("row", result.Asked.Row);
                json.WriteString("name", result.Asked.Party.Names[0]);
                json.WriteStartArray("candidates");
                foreach (var (candidate, decision) in result.Candidates.Select(c => (c.Candidate, c.Decision)))
                {
                    Write(json, candidate, decision);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            output.Write(_buffer.WrittenSpan);
            output.WriteByte((byte)'\n');
        }

        private static void Write(Utf8JsonWriter json, ListCandidate candidate, (Decision Decision, bool Reopened)? decision)
        {
            json.WriteStartObject();
            json.WriteString("list", candidate.List);
            json.WriteString("edition", candidate.Edition.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("id", candidate.Party.Id);
            json.WriteString("name", candidate.Party.Caption);
            json.WriteString("matchedName", candidate.Comparison.Listed);
            PairWriter.Score(json, candidate.Comparison);
            Texts(json, "grounds", candidate.Party.Grounds);
            Text(json, "from", candidate.Party.From);
            Text(json, "until", candidate.Party.Until);
            Text(json, "sentence", candidate.Party.Sentence);
            Texts(json, "reach", [.. Reach(candidate)]);
            if (decision is { } d)
            {
                json.WriteStartObject("decision");
                json.WriteString("verdict", SayVerdict(d.Decision.Verdict));
                json.WriteString("who", d.Decision.Who);
                json.WriteString("why", d.Decision.Why);
                json.WriteString("when", d.Decision.When);
                json.WriteBoolean("reopened", d.Reopened);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        private static void Text(Utf8JsonWriter json, string key, string value)
        {
            if (value.Length > 0)
            {
                json.WriteString(key, value);
            }
        }

        private static void Texts(Utf8JsonWriter json, string key, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                json.WriteStartArray(key);
                foreach (var value in values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }
        }
    }

    private sealed class Rows : MatchWriter
    {
        private readonly StreamWriter _writer;

        public Rows(Stream output)
        {
            _writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
            _writer.WriteLine("row,id,name,list,edition,listedId,listedName,matchedName,band,probability,bits,decision,text");
        }

        public override void Write(MatchResult result)
        {
            foreach (var c in result.Candidates)
            {
                var comparison = c.Candidate.Comparison;
                _writer.WriteLine(string.Join(',', new[]
                {
                    result.Asked.Row.ToString(CultureInfo.InvariantCulture), result.Asked.Id, result.Asked.Party.Names[0], c.Candidate.List, c.Candidate.Edition.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), c.Candidate.Party.Id, c.Candidate.Party.Caption, comparison.Listed,
                    comparison.Band.ToString().ToLowerInvariant(), comparison.Probability.ToString("0.0000", CultureInfo.InvariantCulture), comparison.Bits.ToString("0.00", CultureInfo.InvariantCulture), c.Decision is { } d ? SayVerdict(d.Decision.Verdict) : "", Sentences.Of(comparison),
                }.Select(Cell)));
            }
        }

        public override void End() => _writer.Flush();

        public override void Dispose()
        {
            _writer.Dispose();
            base.Dispose();
        }

        // A cell that begins like a formula is a text, also for a spreadsheet.
        private static string Cell(string text)
        {
            text = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
            return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        }
    }

    private sealed class Table(Stream output, bool explain) : MatchWriter
    {
        private readonly StreamWriter _writer = new(output, new UTF8Encoding(false), leaveOpen: true);

        public override void Write(MatchResult result)
        {
            if (result.Candidates.Count == 0 && explain)
            {
                _writer.WriteLine($"No candidate for “{result.Asked.Party.Names[0]}”. That it is not found does not mean that it is not listed elsewhere, or under another name.");
                return;
            }

            foreach (var c in result.Candidates)
            {
                var (candidate, comparison) = (c.Candidate, c.Candidate.Comparison);
                _writer.WriteLine($"{comparison.Band.ToString().ToLowerInvariant(),-8}{comparison.Probability.ToString("0.00", CultureInfo.InvariantCulture),5}  {result.Asked.Party.Names[0]}  →  {candidate.Party.Caption}  ({candidate.List}, edition of {candidate.Edition:yyyy-MM-dd}, id {candidate.Party.Id})");
                if (explain)
                {
                    Explain(candidate);
                }

                if (c.Decision is { } d)
                {
                    _writer.WriteLine($"         decided: {SayVerdict(d.Decision.Verdict)}, {d.Decision.Who}, {d.Decision.When:yyyy-MM-dd}: {d.Decision.Why}{(d.Reopened ? " (open again: what was known has changed since)" : "")}");
                }
            }
        }

        public override void End() => _writer.Flush();

        public override void Dispose()
        {
            _writer.Dispose();
            base.Dispose();
        }

        // The waterfall: each piece of evidence with its bits, adding up to the score.
        private void Explain(ListCandidate candidate)
        {
            _writer.WriteLine("  " + Sentences.Of(candidate.Comparison));
            foreach (var item in candidate.Comparison.Evidence.Where(e => Math.Abs(e.Bits) >= 0.005))
            {
                var bar = new string(item.Bits >= 0 ? '+' : '-', Math.Clamp((int)Math.Round(Math.Abs(item.Bits) * 2), 1, 30));
                var words = (item.Query, item.Listed) switch { ("", "") => "", ("", var l) => l, (var q, "") => q, var (q, l) when q == l => q, var (q, l) => $"{q} / {l}" };
                _writer.WriteLine($"    {item.Bits.ToString("+0.00;-0.00", CultureInfo.InvariantCulture),7}  {item.Rule,-20} {words,-40} {bar}");
            }

            _writer.WriteLine($"    {candidate.Comparison.Bits.ToString("+0.00;-0.00", CultureInfo.InvariantCulture),7}  bits in all");
            var party = candidate.Party;
            if (party.Names.Count > 1)
            {
                _writer.WriteLine($"    listed as: {string.Join("; ", party.Names.Take(8).Select(n => n.Text + (n.Strength is "main" or "alias" ? "" : $" ({n.Strength})")))}{(party.Names.Count > 8 ? "; …" : "")}");
            }

            if (party.Sentence.Length > 0)
            {
                _writer.WriteLine($"    the list says: {party.Sentence}");
            }

            foreach (var reach in Reach(candidate))
            {
                _writer.WriteLine($"    reaches further: {reach}");
            }

            if (party.Grounds.Count > 0 || party.From.Length > 0)
            {
                _writer.WriteLine($"    listed{(party.From.Length > 0 ? $" from {party.From}" : "")}{(party.Until.Length > 0 ? $" until {party.Until}" : "")}{(party.Grounds.Count > 0 ? ": " + string.Join("; ", party.Grounds) : "")}");
            }
        }
    }
}
