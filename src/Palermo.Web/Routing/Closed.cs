using Microsoft.AspNetCore.Authorization;

namespace Palermo.Web.Routing;

/// <summary>An endpoint is open to everybody because it says so, or asks for something: one that says nothing stops the start.</summary>
internal static class Closed
{
    public static void Check(IEndpointRouteBuilder app)
    {
        foreach (var endpoint in app.DataSources.SelectMany(s => s.Endpoints))
        {
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizationRequirementData>() is null)
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} says neither whom it is for nor that it is for everybody.");
            }
        }
    }
}
