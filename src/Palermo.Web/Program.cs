using Palermo.Channel;
using Palermo.Storage;
using Palermo.Storage.Operating;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web;

/// <summary>The workspace as a program of its own; <c>palermo serve</c> starts it.</summary>
public static class Program
{
    private const int WrongUsage = 2, OwnFailure = 4;

    /// <summary>Serves until it is stopped.</summary>
    /// <returns>0 stopped; 2 wrong settings, or the address is taken; 4 a fault of Palermo.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (args is ["db", .. var rest])
            {
                return await DbCommand.Run(rest);
            }

            if (args is ["channel", .. var given])
            {
                await ChannelHost.Run(ChannelSettings.Read(given, WorkspaceSettings.DefaultData));
                return 0;
            }

            if (args is ["authorization"])
            {
                await using var described = WorkspaceHost.Build(new WorkspaceSettings { Store = StoreAddress.OfFile("nowhere.db") });
                Console.Write(AuthorizationTable.Write(described));
                return 0;
            }

            var settings = WorkspaceSettings.Read(args);
            await using var app = WorkspaceHost.Build(settings);
            await WorkPages.Prepare(app, settings);
            await app.RunAsync();
            StoreAddress.Release();
            return 0;
        }
        catch (Exception e) when (e is SettingsException or ChannelSettingsException or StoreException)
        {
            await Console.Error.WriteLineAsync($"palermo: {e.Message}");
            return WrongUsage;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"palermo: {e.Message} Another program listens there; name another address: palermo serve --urls http://127.0.0.1:5081");
            return WrongUsage;
        }
#pragma warning disable CA1031 // The last door: what comes here is told as the program's own failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"palermo: a fault of Palermo, please report it: {e}");
            return OwnFailure;
        }
    }
}
