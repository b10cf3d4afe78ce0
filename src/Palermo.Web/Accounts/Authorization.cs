using Microsoft.AspNetCore.Authorization;

namespace Palermo.Web.Accounts;

/// <summary>What an endpoint asks of who calls it. An endpoint that says nothing is closed to everybody.</summary>
/// <param name="Permission">What must be allowed in some organization; null if being signed in is enough.</param>
/// <param name="Weak">Whether a password alone is enough: only to set up the second factor.</param>
internal sealed record Needs(Permission? Permission, bool Weak = false) : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public override string ToString() => Weak ? "signed in" : Permission?.ToString() ?? "signed in, second factor";
}

/// <summary>Decides.</summary>
internal sealed class NeedsHandler(AccessReader reader, IHttpContextAccessor accessor) : AuthorizationHandler<Needs>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Needs requirement)
    {
        if (await reader.Read(accessor.HttpContext!.RequestAborted) is { } access && (access.Strong || requirement.Weak) && (requirement.Permission is not { } permission || access.May(permission)))
        {
            context.Succeed(requirement);
        }
    }
}
