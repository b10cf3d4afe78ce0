using Palermo.Evidence;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Web.Hosting;
using Palermo.Web.Working;

namespace Palermo.Web.Log;

/// <summary>The key of the log, and the work of publishing checkpoints: at the start, and as long as the log grows.</summary>
internal sealed class LogSigner(WorkspaceSettings settings, Workspace store, ILogger<LogSigner> log) : Rounds(log, TimeSpan.FromMinutes(5))
{
    /// <summary>The key; null if it could not be read: the log then grows without checkpoints.</summary>
    public LogKey? Key { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Key = ReadOrMake(settings.LogKeyFile);
        if (Key is null)
        {
            Log.LogError("{File} holds no key of a log. Checkpoints are not signed. Put back the key, or name another file with --log-key.", settings.LogKeyFile);
        }

        return base.StartAsync(cancellationToken);
    }

    protected override string Trouble => "No checkpoint could be made";

    protected override Task Round(CancellationToken stop) => Key is { } key ? new EvidenceLog(store).Publish(key, stop) : Task.CompletedTask;

    // For the program's user alone; of several nodes that share the folder one makes it.
    private static LogKey? ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            var made = LogKey.Make($"palermo-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}");
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using var stream = new FileStream(file, options);
                stream.Write(System.Text.Encoding.UTF8.GetBytes(made.Secret() + "\n"));
                stream.Flush(flushToDisk: true);
                return made;
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another node was quicker.
            }
        }

        return LogKey.Read(File.ReadAllText(file));
    }
}
