using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Palermo.Storage.Tests;

/// <summary>A PostgreSQL server of the tests' own, on a port of its own, gone with them.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-pg-").FullName;
    private readonly Lazy<int> _port;
    private int _databases;

    public PostgresServer() => _port = new(Start);

    /// <summary>Connection to a new, empty database.</summary>
    public string NewDatabase()
    {
        var name = $"palermo_{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(Connection("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return Connection(name);
    }

    public void Dispose()
    {
        if (_port.IsValueCreated)
        {
            NpgsqlConnection.ClearAllPools();
            Stop();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Connection(string database) => $"Host=127.0.0.1;Port={_port.Value};Database={database};Username=palermo;Pooling=true;Maximum Pool Size=20";

    private int Start()
    {
        if (Environment.UserName == "root")
        {
            // PostgreSQL refuses to run as root.
            Run("chown", ["postgres", _folder]);
        }

        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        AsServer("initdb", "-D", Path.Combine(_folder, "data"), "-U", "palermo", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C");
        Up(port);
        return port;
    }

    /// <summary>Ends it without a word, as when its machine goes away.</summary>
    public void Stop() => AsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");

    /// <summary>Starts it again where it was.</summary>
    public void Restart() => Up(_port.Value);

    private void Up(int port) => AsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200", "start");

    private static void AsServer(string program, params string[] arguments)
    {
        var path = Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", program)).LastOrDefault(File.Exists) ?? program : program;
        if (Environment.UserName == "root")
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, string[] arguments)
    {
        // Its output is not read: the server it starts would hold the pipe open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}. ./test installs PostgreSQL.");
        }
    }
}
