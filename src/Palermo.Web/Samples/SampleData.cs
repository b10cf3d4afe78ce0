using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;

namespace Palermo.Web.Samples;

/// <summary>What a new workspace can be filled with, to be tried: nothing in it is about a real buyer or supplier.</summary>
internal static class SampleData
{
    /// <summary>Adds it.</summary>
    public static Task Add(Change change, Guid organizationId, Person person, WorkspaceSettings settings)
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
        return Task.CompletedTask;
    }
}
