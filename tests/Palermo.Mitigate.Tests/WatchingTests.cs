using NodaTime;
using Palermo.Mitigate.Watching;

namespace Palermo.Mitigate.Tests;

public sealed class WatchingTests
{
    private static Cause C(string key, string sentence = "s") => new(key, "finding", "high", sentence, "src");

    [Fact]
    public void Only_what_is_new_is_told()
    {
        var difference = Difference.Of(["a", "b"], [C("b", "said otherwise now"), C("c"), C("c")]);
        Assert.Equal(["c"], difference.Added.Select(c => c.Key));
        Assert.Equal(["a"], difference.Gone);
    }

    [Theory]
    [InlineData(AuditLevel.Site, "2026-01-10", null, AuditLevel.Office, null)]
    [InlineData(AuditLevel.Office, "2026-01-10", null, AuditLevel.Office, null)]
    [InlineData(AuditLevel.Desk, "2026-01-10", null, AuditLevel.Office, "audit.shallow")]
    [InlineData(AuditLevel.Site, "2025-05-30", null, AuditLevel.Office, null)]
    [InlineData(AuditLevel.Site, "2025-05-29", null, AuditLevel.Office, "audit.old")]
    [InlineData(AuditLevel.Site, "2026-01-10", "2026-11-30", AuditLevel.Office, null)]
    [InlineData(AuditLevel.Site, "2026-01-10", "2026-11-29", AuditLevel.Office, "audit.expired")]
    public void Another_buyers_audit_stands_if_it_looked_as_deep_and_not_too_long_ago(AuditLevel level, string on, string? expires, AuditLevel needed, string? objection)
    {
        static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
        Assert.Equal(objection, SharedAudit.Objection(level, Day(on), expires is null ? null : Day(expires), needed, new LocalDate(2026, 11, 30)));
    }
}
