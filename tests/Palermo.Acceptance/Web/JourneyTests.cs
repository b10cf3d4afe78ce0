using Microsoft.Playwright;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The main ways of each role through the workspace, in a real browser, without script, by keyboard alone. The officer's is in <see cref="WorkspacePageTests"/>, the worker's in <see cref="ChannelPageTests"/>.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task A_contract_manager_a_supplier_and_an_auditor_see_a_plan_through()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        var ministry = await ada.OrganizationId("Ministry of Works");
        using var wei = await ada.InviteSupplier("Wei Tan", "wei@halden.example");
        using var bo = await ada.Invite("Bo Ek", "bo@example.org", ministry, "ContractManager");
        using var aud = await ada.Invite("Aud It", "aud@example.org", ministry, "Auditor");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var manager = await KeyboardUser.SignIn(browser, server, bo, "bo@example.org");
        await manager.Press(manager.Link("Contracts"));
        await manager.Press(manager.Link("Examination gloves"));
        await manager.Type(manager.Page.Locator("#finding"), "Workers paid fees for their jobs");
        await manager.Reach(manager.Page.Locator("input[name=priority]:checked"));
        await manager.Page.Keyboard.PressAsync("ArrowUp");
        await manager.Press(manager.Page.Locator("form:has(#finding) button"));
        await manager.Sees("Workers paid fees for their jobs");
        await manager.Picture("manager-plan");

        await using var supplier = await KeyboardUser.SignIn(browser, server, wei, "wei@halden.example");
        await supplier.Press(supplier.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Corrective plans" }));
        await supplier.Press(supplier.Link("Workers paid fees"));
        await supplier.Type(supplier.Page.Locator("#root-cause-text"), "Recruiters were not asked what they charge");
        await supplier.Press(supplier.Button("Write down the root cause"));
        await supplier.Type(supplier.Page.Locator("#action-text"), "Repay all fees");
        await supplier.Choose(supplier.Page.Locator("#action-owner"), "supplier");
        await supplier.Reach(supplier.Page.Locator("#action-day"));
        await supplier.Page.Keyboard.TypeAsync("03012027");
        await supplier.Press(supplier.Button("Add an action"));
        await supplier.Sees("1 March 2027");
        await supplier.Press(supplier.Button("Hand in the plan"));
        await supplier.Sees("handed in");
        await supplier.Picture("supplier-plan");

        await manager.Go("/en/desk");
        await manager.Press(manager.Link("Workers paid fees"));
        await manager.Press(manager.Button("Approve the plan"));
        await manager.Sees("approved");

        await supplier.Page.ReloadAsync();
        await supplier.Page.Locator("input[type=file][name=file]").First.SetInputFilesAsync(new FilePayload { Name = "transfers.pdf", MimeType = "application/pdf", Buffer = "%PDF fees repaid"u8.ToArray() });
        await supplier.Type(supplier.Page.Locator("[id^=evidence-]").First, "All 40 repaid");
        await supplier.Press(supplier.Button("Show evidence"));
        await supplier.Sees("transfers.pdf");

        await manager.Page.ReloadAsync();
        await manager.Choose(manager.Page.Locator("[id^=way-]").First, "by interviews");
        await manager.Type(manager.Page.Locator("[id^=verified-]").First, "Talked to eight");
        await manager.Press(manager.Button("Verify"));
        await manager.Sees("Verified by Bo Ek");
        await manager.Type(manager.Page.Locator("#closed-text"), "Ask recruiters before the award");
        await manager.Press(manager.Button("Close the plan"));
        await manager.Sees("Ask recruiters before the award");

        // The auditor changes nothing, reads what happened, and takes the proof along.
        await using var auditor = await KeyboardUser.SignIn(browser, server, aud, "aud@example.org");
        await auditor.Press(auditor.Link("Contracts"));
        await auditor.Press(auditor.Link("Examination gloves"));
        await Assertions.Expect(auditor.Page.Locator("main form[method=post]")).ToHaveCountAsync(0);
        using var folder = new TempFolder();
        var waiting = auditor.Page.WaitForDownloadAsync();
        await auditor.Press(auditor.Link("Auditor’s pack"));
        await (await waiting).SaveAsAsync(folder["pack.zip"]);
        File.WriteAllText(folder["key"], await server.Client.GetStringAsync("/log/key"));
        var proved = Verify("pack", folder["pack.zip"], "--key", folder["key"]);
        Assert.True(proved.ExitCode == 0, proved.Error);
        await auditor.Press(auditor.Link("What happened").First);
        await auditor.Sees("plan.");
        await auditor.Picture("auditor-ledger");
    }

    [Fact]
    public async Task A_case_handler_reads_answers_and_decides()
    {
        await using var g = await Grievances.Start();
        await g.Report(("what", "They took our passports"), ("danger", "yes"), ("code", g.Code));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var handler = await KeyboardUser.SignIn(browser, g.Server, g.Mira, "mira@office.example");
        await handler.Press(handler.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Cases" }));
        await handler.Type(handler.Page.Locator("#passphrase"), Grievances.Passphrase, "Enter");
        await handler.Press(handler.Page.Locator("th a[href*='/cases/']"));
        await handler.Sees("They took our passports");
        await handler.Press(handler.Summary("Danger"));
        await handler.Choose(handler.Page.Locator("#triaged-word"), "immediate");
        await handler.Press(handler.Page.Locator("form:has(#triaged-word) button"));
        await handler.Type(handler.Page.Locator("#message-text"), "Are you safe tonight?");
        await handler.Choose(handler.Page.Locator("#to"), "the reporter");
        await handler.Press(handler.Button("Send"));
        await handler.Sees("Are you safe tonight?");
        await handler.Sees("answered in person, Mira Handler");
        await handler.Press(handler.Summary("Kind of harm"));
        await handler.Choose(handler.Page.Locator("#classified-word"), "documents kept");
        await handler.Press(handler.Page.Locator("form:has(#classified-word) button"));
        await handler.Press(handler.Summary("Decision"));
        await handler.Choose(handler.Page.Locator("#decided-word"), "founded");
        await handler.Type(handler.Page.Locator("#decided-text"), "Two interviews agree");
        await handler.Press(handler.Page.Locator("form:has(#decided-word) button"));
        await handler.Sees("Begin a path of remedy");
        await handler.Picture("handler-case");
        await handler.Go("/en/cases");
        await handler.Press(handler.Button("Lock"));
        await handler.Sees("Unlock");
    }

    [Fact]
    public async Task An_administrator_invites_and_an_analyst_explores()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        using var ann = await ada.Invite("Ann Lyst", "ann@example.org", null, "Analyst");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var administrator = await KeyboardUser.SignIn(browser, server, ada, "ada@example.org");
        await administrator.Press(administrator.Link("Administration"));
        await administrator.Type(administrator.Page.Locator("form[action$='/invitations'] input[name=email]"), "new@example.org");
        await administrator.Press(administrator.Page.Locator("form[action$='/invitations'] input[value=Auditor]"), "Space");
        await administrator.Press(administrator.Button("Invite"));
        await administrator.Sees("/en/join?code=");
        await administrator.Go("/en/administration");
        await administrator.Press(administrator.Button("Make a backup"));
        await administrator.Picture("administrator-backup");

        await using var analyst = await KeyboardUser.SignIn(browser, server, ann, "ann@example.org");
        await analyst.Press(analyst.Link("Portfolio"));
        await analyst.Press(analyst.Link("Sample data set"));
        for (var i = 0; i < 120 && await analyst.Page.Locator("#headline").CountAsync() == 0; i++)
        {
            await Task.Delay(250);
            await analyst.Page.ReloadAsync();
        }

        await analyst.Choose(analyst.Page.Locator("select[name=salience]"), "Medium");
        await analyst.Press(analyst.Button("Show"));
        await Assertions.Expect(analyst.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("salience=medium"));
        await analyst.Type(analyst.Page.Locator("form[action$='/views'] input[name=name]"), "To look at", "Enter");
        await analyst.Sees("To look at");
        await analyst.Press(analyst.Button("See the processes"));
        await analyst.Press(analyst.Page.Locator("tbody a"));
        await analyst.Sees("U.S. Department of Labor");
        await analyst.Picture("analyst-process");
    }
}
