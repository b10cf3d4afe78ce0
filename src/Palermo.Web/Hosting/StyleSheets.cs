using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Palermo.Web.Hosting;

/// <summary>Style sheets, built into the program, at addresses that change with their content and are kept for ever.</summary>
internal static class StyleSheets
{
    private static readonly Dictionary<string, (byte[] Content, string Version, string Type)> s_files = Read();

    /// <summary>Address of a file.</summary>
    public static string Address(string name) => $"/assets/{s_files[name].Version}/{name}";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/assets/{version}/{name}", (string version, string name, HttpContext context) =>
    {
        if (!s_files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = version == file.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(file.Content, file.Type);
    }).ExcludeFromDescription();

    private static Dictionary<string, (byte[], string, string)> Read()
    {
        var files = new Dictionary<string, (byte[], string, string)>(StringComparer.Ordinal);
        var types = new FileExtensionContentTypeProvider();
        var assembly = typeof(StyleSheets).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            files[name["wwwroot/".Length..]] = (content, Convert.ToHexStringLower(SHA256.HashData(content))[..10], types.TryGetContentType(name, out var type) ? type : "application/octet-stream");
        }

        return files;
    }
}
