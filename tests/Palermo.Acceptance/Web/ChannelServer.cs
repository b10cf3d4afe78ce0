using System.Diagnostics;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The worker's channel as its operator starts it, beside a workspace.</summary>
public sealed class ChannelServer : IDisposable
{
    private readonly Process _process;
    private readonly StringWriter _log = new();

    public ChannelServer(string data, params string[] arguments)
    {
        _process = StartWith([], null, ["channel", "--urls", "http://127.0.0.1:0", "--data", data, .. arguments]);
        _process.StandardInput.Close();
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _log.WriteLine(line);
            if (Regex.Match(line, "listening on: (http://[0-9a-z.:]+)") is { Success: true } match)
            {
                Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(match.Groups[1].Value), Timeout = TimeSpan.FromMinutes(2) };
            }

            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                break;
            }
        }

        if (Client is null)
        {
            throw new InvalidOperationException(_log + _process.StandardError.ReadToEnd());
        }

        foreach (var stream in new[] { _process.StandardOutput, _process.StandardError })
        {
            _ = Task.Run(() =>
            {
                while (stream.ReadLine() is { } more)
                {
                    lock (_log)
                    {
                        _log.WriteLine(more);
                    }
                }
            });
        }
    }

    public HttpClient Client { get; } = null!;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<AngleSharp.Html.Dom.IHtmlDocument> Page(string path) => new HtmlParser().ParseDocument(await Client.GetStringAsync(path));

    /// <summary>Sends a form as a browser without script does.</summary>
    public async Task<(HttpResponseMessage Answer, AngleSharp.Html.Dom.IHtmlDocument Page)> Post(string path, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        return await Post(path, content);
    }

    public async Task<(HttpResponseMessage Answer, AngleSharp.Html.Dom.IHtmlDocument Page)> Post(string path, MultipartFormDataContent content)
    {
        var answer = await Client.PostAsync(path, content);
        return (answer, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>The receipt on a page.</summary>
    public static string ReceiptOn(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector(".receipt")?.TextContent ?? throw new InvalidOperationException("No receipt: " + page.Body!.TextContent);

    public void Dispose()
    {
        Client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
