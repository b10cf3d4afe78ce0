using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Palermo.Channel;

/// <summary>Style sheet and scripts, built into the program, at addresses that change with their content.</summary>
internal static class ChannelFiles
{
    private static readonly Dictionary<string, (byte[] Content, string Version, string Type)> s_files = Read();

    public static string Address(string name) => $"/files/{s_files[name].Version}/{name}";

    public static long Size(string name) => s_files[name].Content.Length;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/files/{version}/{**name}", (string version, string name, HttpContext http) =>
    {
        if (!s_files.TryGetValue(name, out var file) || version != file.Version)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, file.Type);
    });

    private static Dictionary<string, (byte[], string, string)> Read()
    {
        var files = new Dictionary<string, (byte[], string, string)>(StringComparer.Ordinal);
        var assembly = typeof(ChannelFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("channel/", StringComparison.Ordinal) && !n.EndsWith(".csv", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            files[name["channel/".Length..]] = (content, Convert.ToHexStringLower(SHA256.HashData(content))[..10], name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : name.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript; charset=utf-8" : "audio/mpeg");
        }

        return files;
    }
}
