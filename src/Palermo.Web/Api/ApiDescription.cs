using Microsoft.OpenApi;
using Palermo.Web.Accounts;
using Palermo.Web.Administration;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api;

/// <summary>The OpenAPI document, made from the code; docs/openapi/v1.json is what it was when last reviewed.</summary>
internal static class ApiDescription
{
    private const string Key = "key";

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Palermo";
            document.Info.Version = "v1";
            document.Info.Description = "Human-rights due diligence for public procurement: screening, rules, documents, the compendium, exclusion lists. A finding is a reason to look, never a verdict. Problems follow RFC 9457; their types are listed below /problems/.";
            document.Info.License = new() { Name = "Apache-2.0", Identifier = "Apache-2.0" };
            // Wherever it is served, addresses are relative to it.
            document.Servers = [];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that an administrator made: palermo_ID_SECRET. Its scopes say what it opens." } };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Needs>().FirstOrDefault() is { Permission: { } permission })
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [] }];
                operation.Description = $"Needs a key with {string.Join(" or ", Scopes.All.Where(s => s.Value.Contains(permission)).Select(s => s.Key))}.";
            }

            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json");
}
