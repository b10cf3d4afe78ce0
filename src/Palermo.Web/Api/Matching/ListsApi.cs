using Palermo.Matching.Lists;

namespace Palermo.Web.Api.Matching;

/// <summary>The exclusion lists that names are compared with here, each with the edition that counts.</summary>
internal static class ListsApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/v1/lists", (ListShelf shelf) => TypedResults.Ok(new Listing<ListDocument>([.. shelf.Editions.Select(ListDocument.Of)])))
        .WithTags("Matching").WithName("ListLists").WithSummary("Exclusion lists of this installation: edition, parties, licence as stated.");
}

/// <summary>A list.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">Title.</param>
/// <param name="Publisher">Publisher.</param>
/// <param name="Licence">Terms of use as somebody stated them; empty if nobody did.</param>
/// <param name="Edition">Day of the edition that counts.</param>
/// <param name="Parties">Parties in it.</param>
/// <param name="Hash">Hash of what was added.</param>
internal sealed record ListDocument(string Id, string Title, string Publisher, string Licence, DateOnly Edition, int Parties, string Hash)
{
    public static ListDocument Of(ListEdition e) => new(e.Source.Id, e.Source.Title, e.Source.Publisher, e.Source.Licence, e.Date, e.Parties, e.Hash);
}
