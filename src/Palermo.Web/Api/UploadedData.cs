namespace Palermo.Web.Api;

/// <summary>Procurement data sent in a request, on disk while it is read: the readers may need to go over it twice. Gone when disposed.</summary>
internal sealed class UploadedData : IDisposable
{
    // What a body can be, with the ending its reader goes by.
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/json"] = ".json",
        ["application/x-ndjson"] = ".jsonl",
        ["application/jsonl"] = ".jsonl",
        ["application/xml"] = ".xml",
        ["text/xml"] = ".xml",
        ["text/csv"] = ".csv",
    };

    private UploadedData(string path) => Path = path;

    /// <summary>Kinds of bodies that are read.</summary>
    public static IEnumerable<string> Kinds => s_kinds.Keys;

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Keeps a body of a kind; null if that kind is not read.</summary>
    public static async Task<UploadedData?> OfKind(string? contentType, Stream body, CancellationToken cancel) =>
        s_kinds.TryGetValue((contentType ?? "").Split(';')[0].Trim(), out var ending) ? await Keep(ending, body, cancel) : null;

    /// <summary>Keeps what somebody pasted or picked; what it is, is seen by how it begins.</summary>
    public static async Task<UploadedData> Guessed(byte[] content, CancellationToken cancel)
    {
        var start = System.Text.Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 512))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        var ending = content is [0x50, 0x4B, 0x03, 0x04, ..] ? ".xlsx" : start.StartsWith('<') ? ".xml" : start.StartsWith('{') || start.StartsWith('[') ? ".json" : ".csv";
        using var stream = new MemoryStream(content, writable: false);
        return await Keep(ending, stream, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);

    private static async Task<UploadedData> Keep(string ending, Stream body, CancellationToken cancel)
    {
        var data = new UploadedData(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "palermo-" + System.IO.Path.GetRandomFileName() + ending));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            await using var file = new FileStream(data.Path, options);
            await body.CopyToAsync(file, cancel);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }
}
