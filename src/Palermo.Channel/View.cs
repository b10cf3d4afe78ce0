using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Channel;

/// <summary>One request to the channel.</summary>
/// <param name="http">The request.</param>
/// <param name="language">Language.</param>
public sealed class View(HttpContext http, string language)
{
    private IFormCollection? _form;

    /// <summary>The request.</summary>
    public HttpContext Http => http;

    /// <summary>Words.</summary>
    public ChannelTexts Texts { get; } = ChannelTexts.All[language];

    /// <summary>Stops when the client is gone.</summary>
    public CancellationToken Cancel => http.RequestAborted;

    /// <summary>Settings.</summary>
    public ChannelSettings Settings => http.RequestServices.GetRequiredService<ChannelSettings>();

    /// <summary>The worker's side of the store.</summary>
    public ReportChannel Channel => http.RequestServices.GetRequiredService<ReportChannel>();

    /// <summary>The store.</summary>
    public Workspace Store => http.RequestServices.GetRequiredService<Workspace>();

    /// <summary>Rules.</summary>
    public Conduct Conduct => http.RequestServices.GetRequiredService<Conduct>();

    /// <summary>The present.</summary>
    public Instant Now => Store.Now.ToInstant();

    internal Tickets Tickets => http.RequestServices.GetRequiredService<Tickets>();

    internal Organization? Operator { get; set; }

    /// <summary>What the page carries on; blank if nothing.</summary>
    public string Ticket { get; internal set; } = "";

    /// <summary>Lets scripts run on this page.</summary>
    public string Nonce => ChannelHeaders.Nonce(http);

    /// <summary>The page in another language: of what was posted there is none, so its beginning.</summary>
    public string PathIn(string other) => "/" + other + (HttpMethods.IsGet(http.Request.Method) && http.Request.Path.Value is { Length: > 3 } path && path.StartsWith($"/{language}/", StringComparison.Ordinal) ? path[(language.Length + 1)..] : "");

    /// <summary>A field as it was sent, without blanks around it.</summary>
    public string this[string name] => _form?[name].ToString().Trim() ?? "";

    internal async Task ReadForm() => _form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(Cancel) : FormCollection.Empty;

    internal async Task<IReadOnlyList<PlainFile>> Files()
    {
        var files = new List<PlainFile>();
        foreach (var file in _form?.Files.Where(f => f.Length > 0) ?? [])
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, Cancel);
            files.Add(new PlainFile(Path.GetFileName(file.FileName), content.ToArray()));
        }

        return files;
    }
}
