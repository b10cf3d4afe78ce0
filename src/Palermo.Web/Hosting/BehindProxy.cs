using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Palermo.Web.Hosting;

/// <summary>Takes a proxy's word on who asks and how, if that proxy was named; nobody else's.</summary>
internal static class BehindProxy
{
    public static void Add(IServiceCollection services, IReadOnlyList<string> proxies) => services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    });

    public static void Use(WebApplication app, IReadOnlyList<string> proxies)
    {
        if (proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }
}
