using CsCheck;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Figures;

namespace Palermo.Remedy.Tests;

public sealed class FiguresTests
{
    [Fact]
    public void Small_numbers_are_hidden_and_cannot_be_told_from_the_rest()
    {
        var shown = SmallNumbers.Hide(new Dictionary<string, int> { ["a"] = 3, ["b"] = 9, ["c"] = 20, ["d"] = 0 });
        Assert.Equal([null, null, 20, 0], new[] { "a", "b", "c", "d" }.Select(k => shown[k]));
        var two = SmallNumbers.Hide(new Dictionary<string, int> { ["a"] = 3, ["b"] = 1, ["c"] = 20 });
        Assert.Equal([null, null, 20], new[] { "a", "b", "c" }.Select(k => two[k]));
        Assert.Equal([5, 6], SmallNumbers.Hide(new Dictionary<string, int> { ["a"] = 5, ["b"] = 6 }).Values.Select(v => v!.Value));
    }

    [Fact]
    public void No_hidden_number_follows_from_the_sum() => Gen.Int[0, 12].Array[1, 8].Sample(counts =>
    {
        var shown = SmallNumbers.Hide(counts.Select((c, i) => (Key: $"{i}", c)).ToDictionary(c => c.Key, c => c.c));
        var hidden = shown.Count(s => s.Value is null);
        Assert.True(hidden != 1 || counts.Count(c => c > 0) == 1);
        Assert.DoesNotContain(shown.Values, v => v is > 0 and < 5);
    });

    [Fact]
    public void Figures_come_from_events_alone()
    {
        var conduct = Conduct.Of(Catalogue.Default);
        var start = Instant.FromUtc(2026, 3, 2, 10, 0);
        var ada = Guid.NewGuid();
        CaseState Case(int days, string decision) => CaseState.Of(
        [
            new(CaseKinds.Received, start, null, "worker"), new(CaseKinds.Assigned, start, null, "by-rule", ada), new(CaseKinds.Acknowledged, start + Duration.FromDays(days), null), new(CaseKinds.Triaged, start + Duration.FromDays(days), ada, "possible"),
            new(CaseKinds.Classified, start + Duration.FromDays(days), ada, "wages"), new(CaseKinds.Decided, start + Duration.FromDays(30), ada, decision, HasWords: true),
        ], conduct);
        var figures = ChannelFigures.Of([.. Enumerable.Range(0, 6).Select(_ => Case(1, "founded")), .. Enumerable.Range(0, 6).Select(_ => Case(9, "unfounded"))], conduct, "NO", start + Duration.FromDays(40));
        Assert.Equal(12, figures.Total);
        Assert.Equal((6, 6), (figures.ByDecision["founded"], figures.ByDecision["unfounded"]));
        Assert.Equal(12, figures.ByHarm["wages"]);
        Assert.Equal(new Share(12, 6), figures.AcknowledgedInTime);
        Assert.Equal(5, figures.MedianDaysToAcknowledge);
        Assert.Equal(30, figures.MedianDaysToDecide);
        CaseState Told(string rating, string end) => Case(1, "unfounded").After(new(CaseKinds.Closed, start + Duration.FromDays(31), ada, end, HasWords: true), conduct).After(new(CaseKinds.Rated, start + Duration.FromDays(32), null, rating), conduct);
        var told = ChannelFigures.Of([.. Enumerable.Range(0, 7).Select(_ => Told("well", "better")), .. Enumerable.Range(0, 6).Select(_ => Told("badly", "same")), .. Enumerable.Range(0, 5).Select(_ => Told("partly", "not-known")), Case(1, "founded")], conduct, "NO", start + Duration.FromDays(40));
        Assert.Equal(new Share(18, 7), told.TreatedWell);
        Assert.Equal(new Share(13, 7), told.Better); // of those whose end is known
        Assert.Equal((7, 6, 5), (told.ByRating["well"], told.ByRating["badly"], told.ByRating["partly"]));
        // Four who say the same say nothing; nor is it told how few were asked.
        Assert.Equal(new Share(0, null), ChannelFigures.Of([.. Enumerable.Range(0, 4).Select(_ => Told("well", "better"))], conduct, "NO", start + Duration.FromDays(40)).TreatedWell);
        Assert.Equal(new Share(9, null), ChannelFigures.Of([.. Enumerable.Range(0, 5).Select(_ => Told("well", "better")), .. Enumerable.Range(0, 4).Select(_ => Told("badly", "better"))], conduct, "NO", start + Duration.FromDays(40)).TreatedWell);
        var few = ChannelFigures.Of([Case(1, "founded")], conduct, "NO", start + Duration.FromDays(40));
        Assert.Null(few.Total);
        Assert.Null(few.ByDecision["founded"]);
        Assert.Null(few.AcknowledgedInTime.Count);
        Assert.Null(few.MedianDaysToDecide);
    }
}
