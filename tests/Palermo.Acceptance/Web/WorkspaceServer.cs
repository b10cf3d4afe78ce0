using System.Diagnostics;
using static Palermo.Acceptance.PalermoProgram;

[assembly: AssemblyFixture(typeof(Palermo.Acceptance.Web.Workspace))]

namespace Palermo.Acceptance.Web;

/// <summary>A workspace as a user starts it, on a port of its own.</summary>
public sealed class WorkspaceServer : IDisposable
{
    private readonly Process _process;
    private readonly StringWriter _log = new();
    private readonly TempFolder _data = new();

    public WorkspaceServer(params string[] arguments) : this(null, arguments)
    {
    }

    /// <param name="temporary">Folder for its temporary files; null for that of the machine.</param>
    /// <param name="arguments">Settings.</param>
    /// <param name="environment">Variables.</param>
    public WorkspaceServer(DirectoryInfo? temporary, string[] arguments, Dictionary<string, string>? environment = null)
    {
        _process = StartWith([.. environment ?? [], .. temporary is null ? Array.Empty<KeyValuePair<string, string>>() : [new("TMPDIR", temporary.FullName)]], null, ["serve", .. arguments.Contains("--urls") ? Array.Empty<string>() : ["--urls", "http://127.0.0.1:0"], .. arguments.Contains("--data") ? Array.Empty<string>() : ["--data", _data["workspace"]], .. arguments]);
        _process.StandardInput.Close();
        string? line;
        while ((line = _process.StandardOutput.ReadLine()) is not null)
        {
            lock (_log)
            {
                _log.WriteLine(line);
            }

            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at && line.Contains("listening", StringComparison.Ordinal))
            {
                Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(System.Text.RegularExpressions.Regex.Match(line[at..], "http://[0-9a-z.:]+").Value), Timeout = TimeSpan.FromMinutes(2) };
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

        _ = Task.Run(() =>
        {
            while (_process.StandardOutput.ReadLine() is { } more)
            {
                lock (_log)
                {
                    _log.WriteLine(more);
                }
            }
        });
    }

    public HttpClient Client { get; } = null!;

    /// <summary>The folder of what it keeps.</summary>
    public string Data => _data["workspace"];

    /// <summary>The code of the first set-up, which it says at its start.</summary>
    public string SetupCode()
    {
        for (var i = 0; i < 100; i++)
        {
            if (System.Text.RegularExpressions.Regex.Match(Log, "/en/setup\\?code=([0-9a-f]+)") is { Success: true } match)
            {
                return match.Groups[1].Value;
            }

            Thread.Sleep(50);
        }

        throw new InvalidOperationException($"No code of a first set-up: {Log}");
    }

    /// <summary>Kills it without a word, as a power cut does.</summary>
    public void KillNow()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

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

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public int Stop()
    {
        const int Terminate = 15;
        _ = Kill(_process.Id, Terminate);
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)));
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
        _log.Dispose();
        _data.Dispose();
    }
}

/// <summary>One workspace that most tests share: held at a day, with a small list.</summary>
public sealed class Workspace : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<WorkspaceServer> _server;

    public Workspace()
    {
        _server = new(() =>
        {
            AddEdition("2026-05-01", "id,name,alias,country\nE1,Hetian Taida Apparel Co. Ltd.,\"Hetian TEDA Garment\",CN\nE2,Sunrise Rubber Gloves Sdn Bhd,,MY\n");
            return new WorkspaceServer("--as-of", "2026-09-01", "--lists", Path.Combine(Data, "lists"), "--heavy-per-minute", "0");
        });
    }

    public string Data => _folder["data"];

    public WorkspaceServer Server => _server.Value;

    public HttpClient Client => Server.Client;

    public void AddEdition(string date, string csv)
    {
        File.WriteAllText(_folder["list.csv"], csv);
        var run = Run("lists", "add", "table", _folder["list.csv"], "--id", "example", "--title", "Example list", "--map", "id=id;name=name;alias=alias;country=country", "--date", date, "--data", Data);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }

        _folder.Dispose();
    }
}
