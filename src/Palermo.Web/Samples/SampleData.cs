using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Contracts;
using Palermo.Web.Hosting;
using Palermo.Web.Portfolio;

namespace Palermo.Web.Samples;

/// <summary>What a new workspace can be filled with, to be tried: nothing in it is about a real buyer or supplier.</summary>
internal static class SampleData
{
    /// <summary>Brings the data set that comes with the program, and asks for its screening.</summary>
    public static async Task BringRun(Workspace store, WorkspaceSettings settings, Guid organizationId, Person person, CancellationToken cancel)
    {
        await using var stream = typeof(SampleData).Assembly.GetManifestResourceStream("procurement.jsonl")!;
        await RunPages.NewRun(store, settings, new Actor(person.Id, person.Name), organizationId, "Sample data set", "procurement.jsonl", stream, cancel);
    }

    /// <summary>Adds what lies in the store alone.</summary>
    public static Task Add(Change change, Guid organizationId, Person person)
    {
        using var stream = typeof(SampleData).Assembly.GetManifestResourceStream("tender-gloves.json")!;
        using var reader = new StreamReader(stream);
        var tender = new Tender
        {
            Id = change.NewId(), OrganizationId = organizationId, Title = "Surgical gloves for hospitals in England", Reference = "EX-2027-01", Facts = reader.ReadToEnd(), ResponsibleId = person.Id,
            PublishOn = DateOnly.FromDateTime(change.At.UtcDateTime).AddDays(30), CreatedAt = change.At, ChangedAt = change.At,
        };
        change.Db.Tenders.Add(tender);
        change.Log("tender.made", tender.Id, organizationId, tender.Title);
        var supplier = new Supplier { Id = change.NewId(), OrganizationId = organizationId, Name = "Halden Ltd", OtherNames = "Halden Limited", CreatedAt = change.At, ChangedAt = change.At };
        change.Db.Suppliers.Add(supplier);
        change.Log("supplier.made", supplier.Id, organizationId, supplier.Name);
        var contract = new Contract
        {
            Id = change.NewId(), OrganizationId = organizationId, Title = "Examination gloves for clinics", Reference = "EX-2026-07", Items = "33141420-0 Surgical gloves\nRubber gloves, nitrile", Country = "MY", SupplierId = supplier.Id,
            StartOn = DateOnly.FromDateTime(change.At.UtcDateTime).AddDays(-40), ResponsibleId = person.Id, ChannelCode = "10000001", CreatedAt = change.At,
        };
        change.Db.Contracts.Add(contract);
        JobQueue.Ask(change, JudgeJob.Name, contract.Id, organizationId);
        change.Log("contract.made", contract.Id, organizationId, contract.Title);
        return Task.CompletedTask;
    }
}
