using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Work;

/// <summary>An answer to something that changed: what is given, and given again to the same Idempotency-Key.</summary>
/// <param name="Status">Status.</param>
/// <param name="Body">Body.</param>
/// <param name="Location">Where it is now; null if it has no address.</param>
/// <param name="Version">Its version, for the ETag; null if it has none.</param>
internal sealed record Answer(int Status, object Body, string? Location = null, long? Version = null);

/// <summary>One request of a program to what the workspace keeps.</summary>
internal sealed class ApiCall(HttpContext http, Access who)
{
    private const int LongestKey = 200;

    public HttpContext Http => http;

    public Access Who => who;

    public CancellationToken Cancel => http.RequestAborted;

    public Workspace Store { get; } = http.RequestServices.GetRequiredService<Workspace>();

    public KnowledgeBase Knowledge { get; } = http.RequestServices.GetRequiredService<KnowledgeBase>();

    /// <summary>The organization of the key.</summary>
    public Guid Organization => who.Permissions.Keys.Single();

    public T Service<T>() where T : notnull => http.RequestServices.GetRequiredService<T>();

    public WorkspaceDb Open() => Store.Open();

    public Guid Id(string name = "id") => Guid.TryParse((string?)http.Request.RouteValues[name], out var id) ? id : Guid.Empty;

    public string Query(string name) => http.Request.Query[name].ToString().Trim();

    /// <summary>Makes of a handler an endpoint.</summary>
    public static Delegate Of(Func<ApiCall, Task<IResult>> act) => async (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = "no-store";
        var who = await http.RequestServices.GetRequiredService<AccessReader>().Read(http.RequestAborted);
        try
        {
            return await act(new ApiCall(http, who!));
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Of("precondition-failed", "Somebody else changed it since. Get it again, and make your change to what it is now.");
        }
    };

    /// <summary>Reads a body; or says what is wrong with it.</summary>
    /// <param name="what">What it should be, in words.</param>
    /// <param name="look">What is wrong with what was read; null if nothing is.</param>
    public async Task<(T? Request, string Text, IResult? Problem)> Read<T>(string what, Func<T, IResult?> look) where T : class
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(Cancel);
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) is not { } request ? (null, text, Problems.Of("malformed-request", $"The body is no {what}: it is null."))
                : look(request) is { } problem ? (null, text, problem)
                : (request, text, null);
        }
        catch (JsonException e)
        {
            return (null, text, Problems.Of("malformed-request", $"The body is no {what}: {e.Message.Split(" LineNumber")[0]}"));
        }
    }

    /// <summary>A thing with its version as strong ETag.</summary>
    public IResult Versioned(object body, long version)
    {
        http.Response.Headers.ETag = Tag(version);
        return http.Request.Headers.IfNoneMatch.ToString() == Tag(version) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Json(body, Json);
    }

    /// <summary>The version that the client saw; or what is wrong.</summary>
    public (long Version, IResult? Problem) Expected()
    {
        var header = http.Request.Headers.IfMatch.ToString();
        return header.Length == 0 ? (0, Problems.Of("precondition-required", "Send If-Match with the ETag of what you saw, so that nobody's change is written over."))
            : long.TryParse(header.Trim('"'), CultureInfo.InvariantCulture, out var version) ? (version, null)
            : (0, Problems.Of("precondition-failed", $"If-Match {header} is no ETag of this."));
    }

    /// <summary>Changes something once: a request that comes again with the same Idempotency-Key is answered as the first time, and changes nothing.</summary>
    /// <param name="body">The body that was sent, as far as it tells requests apart.</param>
    /// <param name="make">Changes, and says the answer. Runs in the transaction that keeps the answer.</param>
    public async Task<IResult> Once(string body, Func<Change, Task<Answer>> make)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            return Problems.Of("invalid-input", $"Idempotency-Key has at most {LongestKey} characters.");
        }

        var hash = LedgerHash.Of($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n{body}");
        try
        {
            var given = await Store.Write(who.Actor, async change =>
            {
                if (key.Length > 0 && await change.Db.IdempotentAnswers.SingleOrDefaultAsync(a => a.ApiKeyId == who.ApiKeyId && a.Key == key, Cancel) is { } known)
                {
                    return (Row: known, Again: true);
                }

                var answer = await make(change);
                await change.Db.SaveChangesAsync(Cancel);
                // The version is known once it is saved.
                var version = answer.Version is null ? null : change.Db.ChangeTracker.Entries<IVersioned>().Select(e => e.Entity.Version).Append(answer.Version.Value).Max() is var saved ? Tag(saved) : null;
                var row = new IdempotentAnswer { ApiKeyId = who.ApiKeyId!, Key = key, RequestHash = hash, Status = answer.Status, Location = answer.Location ?? "", Tag = version ?? "", Body = JsonSerializer.Serialize(answer.Body, answer.Body.GetType(), Json), At = change.At };
                if (key.Length > 0)
                {
                    change.Db.IdempotentAnswers.Add(row);
                }

                return (Row: row, Again: false);
            }, Cancel);
            return given.Row.RequestHash != hash ? Problems.Of("idempotency-key-reused", "This Idempotency-Key was used for another request. Use a new one for each.") : Give(given.Row, given.Again);
        }
        catch (DbUpdateException e) when (key.Length > 0 && e is not DbUpdateConcurrencyException)
        {
            // The same request at the same time: the other was first, its answer counts.
            await using var db = Open();
            if (await db.IdempotentAnswers.SingleOrDefaultAsync(a => a.ApiKeyId == who.ApiKeyId && a.Key == key, Cancel) is { } first)
            {
                return Give(first, true);
            }

            throw;
        }
    }

    /// <summary>How JSON is written here.</summary>
    public JsonSerializerOptions Json => Service<IOptions<JsonOptions>>().Value.SerializerOptions;

    /// <summary>A list with the cursor of what follows.</summary>
    public static IResult Page<T>(IReadOnlyList<T> items, int size, Func<T, string> cursor) => Results.Ok(new Paged<T>([.. items.Take(size)], items.Count > size ? cursor(items[size - 1]) : null));

    /// <summary>How many are asked for; null if it is no number from 1 to 200.</summary>
    public int? Limit() => Query("limit") is not { Length: > 0 } text ? 50 : int.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 200 ? limit : null;

    /// <summary>The answer to a limit that is none.</summary>
    public static IResult WrongLimit => Problems.Of("invalid-input", "limit is 1 to 200.");

    public static IResult Missing(string what) => Problems.Of("not-found", $"There is no {what} with this id that the key may see.");

    private static string Tag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    private IResult Give(IdempotentAnswer row, bool again)
    {
        if (row.Location.Length > 0)
        {
            http.Response.Headers.Location = row.Location;
        }

        if (row.Tag.Length > 0)
        {
            http.Response.Headers.ETag = row.Tag;
        }

        if (again)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        return Results.Text(row.Body, "application/json", Encoding.UTF8, row.Status);
    }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">Items.</param>
/// <param name="Next">Cursor of what follows (<c>cursor=</c>); absent if this is the end.</param>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);
