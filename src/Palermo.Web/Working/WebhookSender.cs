using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Administration;
using Palermo.Web.Hosting;

namespace Palermo.Web.Working;

/// <summary>
/// Tells webhooks what happened, signed as Standard Webhooks 1.0 describes: HMAC-SHA256 over id, time and body. What is not
/// taken is tried again for three days, at growing distances. A delivery may arrive twice; its id is the same then.
/// </summary>
internal sealed class WebhookSender(Workspace store, WorkspaceSettings settings, IDataProtectionProvider protection, ILogger<WebhookSender> log) : BackgroundService
{
    private const int AtOnce = 20, LongestAnswer = 200;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1), s_answer = TimeSpan.FromSeconds(10), s_lease = TimeSpan.FromMinutes(1), s_again = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan[] s_waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The signature of a delivery.</summary>
    public static string Sign(string secret, string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new HttpClient(Handler()) { Timeout = s_answer };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await SendDue(client, stoppingToken))
                {
                    await Task.Delay(s_idle, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (StoreTrouble.Is(e))
            {
                log.LogError("The store could not be asked for deliveries: {Reason}", e.GetType().Name);
                await Task.Delay(s_again, stoppingToken);
            }
        }
    }

    private async Task<bool> SendDue(HttpClient client, CancellationToken stop)
    {
        await using var db = store.Open();
        var now = store.Now;
        var due = await db.Deliveries.Where(d => d.NextAt <= now).OrderBy(d => d.NextAt).Take(AtOnce).ToListAsync(stop);
        foreach (var delivery in due)
        {
            // Whoever moves it on sends it; other nodes find it moved.
            var until = now + s_lease;
            if (await db.Deliveries.Where(d => d.Id == delivery.Id && d.Version == delivery.Version).ExecuteUpdateAsync(s => s.SetProperty(d => d.NextAt, until).SetProperty(d => d.Version, d => d.Version + 1), stop) == 0)
            {
                continue;
            }

            var hook = await db.Webhooks.SingleAsync(w => w.Id == delivery.WebhookId, stop);
            var (taken, answer) = hook.DisabledAt is null ? await Send(client, hook, delivery, stop) : (false, "switched off");
            Telemetry.Deliveries.Add(1, new KeyValuePair<string, object?>("taken", taken));
            var at = store.Now;
            DateTimeOffset? next = taken || delivery.Attempts >= s_waits.Length || hook.DisabledAt is not null ? null : at + s_waits[delivery.Attempts];
            await db.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(s => s
                .SetProperty(d => d.NextAt, next)
                .SetProperty(d => d.TakenAt, taken ? at : null)
                .SetProperty(d => d.Attempts, d => d.Attempts + 1)
                .SetProperty(d => d.LastAnswer, answer)
                .SetProperty(d => d.Version, d => d.Version + 1), CancellationToken.None);
        }

        return due.Count > 0;
    }

    private async Task<(bool Taken, string Answer)> Send(HttpClient client, Webhook hook, Delivery delivery, CancellationToken stop)
    {
        try
        {
            var secret = protection.CreateProtector(KeyPages.HookPurpose).Unprotect(hook.Secret);
            var (id, timestamp) = ("msg_" + delivery.Id.ToString("n"), store.Now.ToUnixTimeSeconds());
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp.ToString(null, null));
            request.Headers.Add("webhook-signature", Sign(secret, id, timestamp, delivery.Body));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return (answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            var text = e is OperationCanceledException ? "no answer within ten seconds" : e is CryptographicException ? "the secret can't be read: the keys of the workspace changed" : e.Message;
            return (false, text[..Math.Min(text.Length, LongestAnswer)]);
        }
    }

    // What the server alone can reach is not for webhooks: looked at when connecting, so that no name can lead there.
    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = async (context, cancel) =>
        {
            var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
            var open = settings.WebhooksToPrivateNetworks ? addresses : [.. addresses.Where(IsPublic)];
            if (open.Length == 0)
            {
                throw new HttpRequestException("the address is on a private network (--webhooks-to-private-networks)");
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private static readonly IPNetwork[] s_private =
    [
        .. new[] { "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3", "::/127", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8" }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Whether an address is reached from everywhere.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(s_private, n => n.Contains(plain));
    }
}
