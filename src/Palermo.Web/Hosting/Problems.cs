using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Palermo.Knowledge.Authoring;

namespace Palermo.Web.Hosting;

/// <summary>What can be wrong with a request: stable types of RFC 9457, each with a page of its own below /problems/.</summary>
internal static class Problems
{
    public static readonly IReadOnlyDictionary<string, (int Status, string Title)> Types = new SortedDictionary<string, (int, string)>(StringComparer.Ordinal)
    {
        ["forbidden"] = (403, "The key does not allow this."),
        ["idempotency-key-reused"] = (422, "The Idempotency-Key belongs to another request."),
        ["not-screened"] = (409, "The run is not screened yet."),
        ["precondition-failed"] = (412, "It was changed meanwhile."),
        ["precondition-required"] = (428, "The request must say which version it is about."),
        ["quota-exceeded"] = (429, "The key has used up its day."),
        ["unauthorized"] = (401, "A valid key is needed."),
        ["invalid-input"] = (422, "The input can't be used."),
        ["malformed-request"] = (400, "The request can't be read."),
        ["not-found"] = (404, "There is nothing at this address."),
        ["method-not-allowed"] = (405, "This address does not take that method."),
        ["too-large"] = (413, "The body is larger than this server takes."),
        ["unsupported-media-type"] = (415, "The body is of a kind that is not read here."),
        ["too-many-requests"] = (429, "Too many requests in a short time."),
        ["own-failure"] = (500, "A fault of Palermo."),
        ["not-ready"] = (503, "The server is not ready."),
    };

    /// <summary>A problem.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="detail">What is wrong here, and how to mend it.</param>
    /// <param name="errors">Single errors: where, what, how to mend.</param>
    public static ProblemHttpResult Of(string type, string detail, IReadOnlyList<ProblemDetail>? errors = null)
    {
        var (status, title) = Types[type];
        var problem = new ProblemDetails { Type = "/problems/" + type, Title = title, Status = status, Detail = detail };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult Of(IReadOnlyList<DataProblem> problems) =>
        Of("invalid-input", $"{problems.Count} error{(problems.Count == 1 ? "" : "s")}; the first: {problems[0].What} {problems[0].Mend}", [.. problems.Take(100).Select(p => new ProblemDetail(p.Line > 0 ? $"line {p.Line}" : "", p.What, p.Mend))]);

    public static string TypeOf(int status) => status == 422 ? "invalid-input" : status == 429 ? "too-many-requests" : Types.FirstOrDefault(t => t.Value.Status == status).Key ?? (status >= 500 ? "own-failure" : "malformed-request");
}

/// <summary>A single error in an input.</summary>
/// <param name="Where">Line or field.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">How to mend it.</param>
internal sealed record ProblemDetail(string Where, string What, string Mend);
