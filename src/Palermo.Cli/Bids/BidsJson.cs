using Palermo.Cli.Rules;
using Palermo.Prevent.Bids;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Bids;

/// <summary>The assessment of bids as JSON.</summary>
internal static class BidsJson
{
    public static void Write(Stream output, TenderPack pack, IReadOnlyList<BidAssessment> bids) => JsonOut.Write(output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "palermo.bids/1");
        writer.WriteString("questionnaire", pack.Questionnaire.Hash);
        writer.WriteNumber("weight", pack.Questionnaire.Weight);
        writer.WriteStartArray("bids");
        foreach (var bid in bids)
        {
            writer.WriteStartObject();
            writer.WriteString("bidder", bid.Bid.Bidder);
            JsonOut.Texts(writer, "files", bid.Bid.Files.Select(f => Path.GetFileName(f)!));
            if (bid.SameQuestionnaire is { } same)
            {
                writer.WriteBoolean("sameQuestionnaire", same);
            }
            else
            {
                writer.WriteNull("sameQuestionnaire");
            }

            writer.WriteStartArray("answers");
            foreach (var answer in bid.Answers)
            {
                writer.WriteStartObject();
                writer.WriteString("question", answer.Question.Question.Id);
                writer.WriteString("state", answer.State.ToString().ToLowerInvariant());
                writer.WriteString("answer", answer.Text);
                writer.WriteBoolean("lacksEvidence", answer.LacksEvidence);
                if (answer.Mark is { } mark)
                {
                    writer.WriteNumber("mark", mark);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            JsonOut.Texts(writer, "notAsked", bid.NotAsked);
            JsonOut.Texts(writer, "inconsistent", bid.Inconsistent.Select(i => i.Id));
            writer.WriteStartArray("grounds");
            foreach (var ground in bid.Grounds)
            {
                writer.WriteStartObject();
                writer.WriteString("determination", ground.Determination.Id);
                writer.WriteString("kind", ground.Determination.Kind);
                writer.WriteString("state", ground.State.ToString().ToLowerInvariant());
                writer.WriteString("reason", ground.Reason);
                writer.WriteString("citation", ground.Determination.Citation.ToString());
                writer.WriteString("pack", ground.Pack.Pin);
                JsonOut.Texts(writer, "needs", ground.Needs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("admitted");
            foreach (var admission in bid.Admitted)
            {
                writer.WriteStartObject();
                writer.WriteString("subject", admission.Subject);
                if (admission.Day is { } said)
                {
                    writer.WriteString("date", said.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            JsonOut.Texts(writer, "otherGrounds", bid.OtherGrounds);
            if (bid.Bid.Price is { } price)
            {
                writer.WriteStartObject("price");
                writer.WriteNumber("amount", price);
                writer.WriteString("currency", bid.Bid.Currency);
                writer.WriteEndObject();
            }

            writer.WriteStartArray("lowPrice");
            foreach (var low in bid.LowPrices)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", low.Kind);
                writer.WriteNumber("price", low.Price);
                writer.WriteNumber("reference", low.Reference);
                writer.WriteNumber("limit", low.Limit);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (bid.Score is { } score)
            {
                writer.WriteNumber("score", score);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
