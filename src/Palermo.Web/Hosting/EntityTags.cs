using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Palermo.Web.Hosting;

/// <summary>
/// Strong entity tags for what rests on knowledge alone: edition, day, address and language make the answer, so they make
/// the tag, and a client that has it is told so before anything is computed.
/// </summary>
internal sealed class EntityTags(KnowledgeBase knowledge) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return await next(context);
        }

        var made = $"{knowledge.Edition}\n{knowledge.Today:yyyy-MM-dd}\n{http.Request.Path}{http.Request.QueryString}\n{http.Request.Headers.Accept}";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made))[..12])}\"");
        if (http.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false)))
        {
            http.Response.GetTypedHeaders().ETag = tag;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var result = await next(context);
        if (result is not IStatusCodeHttpResult { StatusCode: >= 400 })
        {
            http.Response.GetTypedHeaders().ETag = tag;
            http.Response.Headers.CacheControl = "public, max-age=300";
            http.Response.Headers.Vary = "Accept";
        }

        return result;
    }
}
