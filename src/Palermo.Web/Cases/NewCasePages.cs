using System.Text.Json;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Receipts;
using Palermo.Storage.Cases;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>A report that a handler takes down.</summary>
internal static class NewCasePages
{
    public static void Map(WorkRoutes routes)
    {
        routes.Get("/cases/new", Permission.HandleCases, v => Task.FromResult(Show(v)));
        routes.Post("/cases/new", Permission.HandleCases, TakeDown);
    }

    private static IResult Show(Visit v) => v.Page<NewCasePage>((nameof(NewCasePage.Form), v.Form), (nameof(NewCasePage.Organizations), v.Organizations(Permission.HandleCases)));

    // For somebody who can't or won't use the channel: on paper, by voice. They get a receipt like everybody.
    private static async Task<IResult> TakeDown(Visit v)
    {
        var organization = v.Organization(Permission.HandleCases);
        var answers = ReportQuestions.All.Where(q => v.Form[q].Length > 0).ToDictionary(q => q, q => v.Form[q]);
        if (answers.Count == 0)
        {
            v.Form.Wrong("what", "form.required");
        }

        if (v.Form["consent"] != "yes")
        {
            v.Form.Wrong("consent", "newcase.consent-missing");
        }

        if (!v.Form.IsRight)
        {
            return Show(v);
        }

        var channel = v.Service<ReportChannel>();
        var contract = await channel.ContractOf(v.Form["code"], v.Cancel);
        var readers = await channel.Readers(organization, contract, v.Cancel);
        if (readers.All(r => r.Holder != "handler"))
        {
            v.Form.Wrong("code", "newcase.nobody");
            return Show(v);
        }

        if (v.Form["identity"].Length > 0 && readers.Count(r => r.Holder == "handler") < ReportChannel.FewestForIdentity)
        {
            v.Form.Wrong("identity", "newcase.identity-unsealed");
            return Show(v);
        }

        var (receipt, salt) = (await channel.NewReceipt(v.Cancel), ReceiptKey.NewSalt());
        var key = ReceiptKey.Of(receipt, salt);
        var report = ReportChannel.Seal(JsonSerializer.Serialize(answers), v.Form["identity"], [], readers, key.Keys.Public);
        await channel.Receive(organization, report, receipt, salt, key, v.C.Language, v.Form["way"] == "paper" ? "paper" : "on-behalf", contract, v.Who.Actor, v.Cancel);
        return v.Page<NewCaseReceiptPage>((nameof(NewCaseReceiptPage.Receipt), receipt.ToString()));
    }
}
