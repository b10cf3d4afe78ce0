using System.Net;

namespace Palermo.Acceptance.Web;

/// <summary>Keys lost and destroyed: several together bring cases back, two together end them for ever.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Two_of_three_give_a_colleague_her_cases_and_one_cannot()
    {
        await using var g = await Grievances.Start();
        using var zoe = await g.Ada.Invite("Zoe Handler", "zoe@office.example", g.ChannelId.ToString(), "CaseHandler");
        using (await zoe.Post("/en/cases", "/en/cases/key", ("passphrase", Grievances.Passphrase), ("again", Grievances.Passphrase)))
        {
        }

        var receipt = await g.Report(("what", "Before the recovery key"));
        var people = (await g.Mira.Page("/en/cases/recovery")).QuerySelectorAll("input[name=people]").Select(i => i.GetAttribute("value")!).ToArray();
        Assert.Equal(3, people.Length);
        using (var one = await g.Mira.Post("/en/cases/recovery", "/en/cases/recovery", ("people", people[0]), ("people", people[1]), ("needed", "1")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, one.StatusCode);
        }

        using (var made = await g.Mira.Post("/en/cases/recovery", "/en/cases/recovery", ("people", people[0]), ("people", people[1]), ("people", people[2]), ("needed", "2")))
        {
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        }

        await g.Report(("what", "After the recovery key"));
        // Somebody new holds no key to either.
        using var ivy = await g.Ada.Invite("Ivy Handler", "ivy@office.example", g.ChannelId.ToString(), "CaseHandler");
        using (await ivy.Post("/en/cases", "/en/cases/key", ("passphrase", Grievances.Passphrase), ("again", Grievances.Passphrase)))
        {
        }

        Assert.Empty(await Grievances.CasesOf(ivy));
        var page = await g.Mira.Page("/en/cases/recovery");
        var ivyId = page.QuerySelectorAll("select[name=for] option").First(o => o.TextContent == "Ivy Handler").GetAttribute("value")!;
        var group = page.QuerySelectorAll("select[name=group] option").First(o => o.TextContent.Contains("Mira", StringComparison.Ordinal) && o.TextContent.Contains("Tom", StringComparison.Ordinal)).GetAttribute("value")!;
        using (await g.Mira.Post("/en/cases/recovery", "/en/cases/recovery/begin", ("for", ivyId), ("group", group), ("reason", "Mira leaves")))
        {
        }

        // Each in their turn; whose turn it is not has no button.
        var first = (await g.Mira.Page("/en/cases/recovery")).QuerySelector("form[action$='/turn']") is not null ? g.Mira : g.Tom;
        var second = first == g.Mira ? g.Tom : g.Mira;
        Assert.Null((await second.Page("/en/cases/recovery")).QuerySelector("form[action$='/turn']"));
        using (await first.Post("/en/cases/recovery", "/en/cases/recovery/turn"))
        {
        }

        Assert.Empty(await Grievances.CasesOf(ivy));
        using (await second.Post("/en/cases/recovery", "/en/cases/recovery/turn"))
        {
        }

        var cases = await Grievances.CasesOf(ivy);
        Assert.Equal(2, cases.Length);
        var texts = new List<string>();
        foreach (var @case in cases)
        {
            texts.Add((await ivy.Page(@case)).Body!.TextContent);
        }

        Assert.Contains(texts, t => t.Contains("Before the recovery key", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("After the recovery key", StringComparison.Ordinal));
        _ = receipt;
    }

    [Fact]
    public async Task Destroyed_keys_end_a_case_for_everybody_and_a_restored_backup_of_before_shows_what_that_means()
    {
        await using var g = await Grievances.Start();
        var receipt = await g.Report(("what", "To be forgotten"));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        foreach (var (kind, word, text) in new[] { ("triaged", "none-seen", ""), ("decided", "out-of-scope", "Not about work"), ("closed", "not-known", "Nothing") })
        {
            using var done = await Grievances.WriteDown(g.Mira, @case, kind, word, text);
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        }

        using (await Grievances.WriteDown(g.Mira, @case, "purge-asked"))
        {
        }

        // Who asked can't; another can.
        Assert.Null((await g.Mira.Page(@case)).QuerySelector("form[action$='/purge']"));
        using (var gone = await g.Tom.Post(@case, @case + "/purge"))
        {
            Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        }

        foreach (var handler in new[] { g.Mira, g.Tom })
        {
            using var missing = await handler.Get(@case);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }

        var (_, page) = await g.Channel.Post("/en/case", ("receipt", receipt));
        Assert.Contains("was deleted for good", page.Body!.TextContent, StringComparison.Ordinal);
        // What happened stays, in codes, and the log with it.
        Assert.Equal(0, PalermoProgram.Run("db", "verify", "--data", g.Server.Data).ExitCode);
    }

    [Fact]
    public async Task A_handler_who_is_named_or_too_near_loses_the_key()
    {
        await using var g = await Grievances.Start();
        await g.Report(("what", "Tom took money"));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        var tom = (await g.Mira.Page(@case)).QuerySelectorAll("#recuse-person option").First(o => o.TextContent == "Tom Handler").GetAttribute("value")!;
        using (await g.Mira.Post(@case, @case + "/recused", ("person", tom), ("text", "Named in the report")))
        {
        }

        using (var kept = await g.Tom.Get(@case))
        {
            Assert.Equal(HttpStatusCode.NotFound, kept.StatusCode);
        }

        Assert.Empty(await Grievances.CasesOf(g.Tom));
        // Not to be given back.
        Assert.Contains("named in the case", (await g.Mira.Page(@case)).QuerySelector("#handlers + ul")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await g.Mira.Page(@case)).QuerySelectorAll($"form[action='{@case}/handlers']"));
        // A locked key opens nothing, a wrong passphrase neither.
        using (await g.Mira.Post("/en/cases", "/en/cases/lock"))
        using (var locked = await g.Mira.Get(@case))
        {
            Assert.EndsWith("/en/cases", locked.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        using var wrong = await g.Mira.Post("/en/cases", "/en/cases/unlock", ("passphrase", "not the right one at all"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }
}
