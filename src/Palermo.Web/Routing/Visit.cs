using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Web.Accounts;
using Palermo.Web.Forms;
using Palermo.Web.Pages;

namespace Palermo.Web.Routing;

/// <summary>One request to a page of the workspace.</summary>
internal sealed class Visit(HttpContext http, string language)
{
    private PageContext? _page;

    /// <summary>The request.</summary>
    public HttpContext Http => http;

    /// <summary>Stops when the client is gone.</summary>
    public CancellationToken Cancel => http.RequestAborted;

    /// <summary>The store.</summary>
    public Workspace Store { get; } = http.RequestServices.GetRequiredService<Workspace>();

    /// <summary>Who asks; not there on pages that are for everybody.</summary>
    public Access Who { get; private set; } = null!;

    /// <summary>What the page needs.</summary>
    public PageContext C => _page ??= http.RequestServices.GetRequiredService<PageContexts>().Inside(http, language, Who);

    /// <summary>What was sent.</summary>
    public Posted Form { get; private set; } = new();

    public T Service<T>() where T : notnull => http.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the address.</summary>
    public string Route(string name) => (string?)http.Request.RouteValues[name] ?? "";

    /// <summary>An id in the address; an id of nothing if it is none.</summary>
    public Guid Id(string name = "id") => Guid.TryParse(Route(name), out var id) ? id : Guid.Empty;

    /// <summary>A field of the query.</summary>
    public string Query(string name) => http.Request.Query[name].ToString().Trim();

    /// <summary>The organization a form is about: the one chosen, or the only one in which they may do it. Says in the form if there is none.</summary>
    /// <param name="need">What they must be allowed to do there.</param>
    /// <param name="field">Field that shows what is wrong.</param>
    public Guid Organization(Permission need, string field = "organization")
    {
        var where = Who.Where(need);
        if (Guid.TryParse(Form["organization"], out var chosen) && where.Contains(chosen))
        {
            return chosen;
        }

        if (Form["organization"].Length == 0 && where.Count == 1)
        {
            return where[0];
        }

        Form.Wrong(field, "form.required");
        return Guid.Empty;
    }

    /// <summary>The country chosen in a form (ISO 3166-1 alpha-2); blank if none is, or one that nobody knows.</summary>
    public string Country(string field = "country") => C.Knowledge.Catalogue.Countries.ContainsKey(Form[field]) ? Form[field] : "";

    /// <summary>Organizations to choose from.</summary>
    public (string Value, string Text)[] Organizations(Permission need) => [.. Who.Where(need).Select(o => (o.ToString(), Who.Organizations[o]))];

    /// <summary>A page that may run our script.</summary>
    public void NeedScript() => _page = PageContexts.WithScript(http, C);

    public IResult Page<T>(params (string Name, object? Value)[] parameters) where T : IComponent => PageContexts.Page<T>(C, Form.IsRight ? 200 : StatusCodes.Status422UnprocessableEntity, parameters);

    /// <summary>Onward after something was done: reloading the next page does nothing again.</summary>
    public IResult To(string path, string? done = null)
    {
        var (address, fragment) = path.Split('#', 2) is [var before, var after] ? (before, "#" + after) : (path, "");
        return Results.Redirect(C.Href(address) + (done is null ? "" : $"{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{PageContexts.DoneField}={done}") + fragment);
    }

    /// <summary>Nothing here: said too where something is that they may not see, so that nobody learns that it exists.</summary>
    public IResult NotFound() => PageContexts.Page<MessagePage>(C, StatusCodes.Status404NotFound, (nameof(MessagePage.Title), C["not-found.title"]), (nameof(MessagePage.Message), C["not-found.text"]));

    public IResult Message(string key, int status = 200) => PageContexts.Page<MessagePage>(C, status, (nameof(MessagePage.Title), C[key + ".title"]), (nameof(MessagePage.Message), C[key + ".text"]));

    /// <summary>Changes something in the name of who asks.</summary>
    public Task<T> Write<T>(Func<Change, Task<T>> make) => Store.Write(Who.Actor, make, Cancel);

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<Change, Task> make) => Store.Write(Who.Actor, make, Cancel);

    /// <summary>The store, to read.</summary>
    public WorkspaceDb Open() => Store.Open();

    private static bool IsLocal(string host) => host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    public async Task<IResult> Answer(Func<Visit, Task<IResult>> act)
    {
        Who = (await Service<AccessReader>().Read(Cancel))!;
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.IsHttps && !IsLocal(http.Request.Host.Host))
        {
            // Browsers keep no cookie of ours then: better said than tried.
            return Message("insecure", StatusCodes.Status403Forbidden);
        }

        if (HttpMethods.IsPost(http.Request.Method))
        {
            if (!await Service<Microsoft.AspNetCore.Antiforgery.IAntiforgery>().IsRequestValidAsync(http))
            {
                return Message("form.stale", StatusCodes.Status400BadRequest);
            }

            if (http.Request.HasFormContentType)
            {
                Form = new Posted(await http.Request.ReadFormAsync(Cancel));
            }
        }

        try
        {
            return await act(this);
        }
        catch (Administration.NobodyLeftException)
        {
            return Message("nobody-left", StatusCodes.Status409Conflict);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Message("form.changed", StatusCodes.Status409Conflict);
        }
    }
}
