using Palermo.Web.Accounts;

namespace Palermo.Web.Routing;

/// <summary>Maps pages of the workspace: each says what it asks of who calls it, none is kept in any cache, and what is posted comes from our own forms.</summary>
internal sealed class WorkRoutes(RouteGroupBuilder group, string language)
{
    /// <summary>A page for those who may do something.</summary>
    public RouteHandlerBuilder Get(string path, Permission need, Func<Visit, Task<IResult>> show) => Map(HttpMethods.Get, path, show).WithMetadata(new Needs(need));

    /// <summary>Something that those may do who are allowed to.</summary>
    public RouteHandlerBuilder Post(string path, Permission need, Func<Visit, Task<IResult>> act) => Map(HttpMethods.Post, path, act).WithMetadata(new Needs(need));

    /// <summary>A page, or something done, for everybody who is signed in.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Address after the language.</param>
    /// <param name="act">What answers.</param>
    /// <param name="weak">Whether a password alone is enough.</param>
    public RouteHandlerBuilder Own(string method, string path, Func<Visit, Task<IResult>> act, bool weak = false) => Map(method, path, act).WithMetadata(new Needs(null, weak));

    /// <summary>A page, or something done, for everybody.</summary>
    public RouteHandlerBuilder Open(string method, string path, Func<Visit, Task<IResult>> act) => Map(method, path, act).AllowAnonymous();

    private RouteHandlerBuilder Map(string method, string path, Func<Visit, Task<IResult>> act) => group.MapMethods(path, [method], (Delegate)((HttpContext http) => new Visit(http, language).Answer(act)));
}
