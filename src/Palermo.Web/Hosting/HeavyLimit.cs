using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Palermo.Web.Hosting;

/// <summary>
/// Limits what one client may ask of the costly endpoints. Clients are told apart by a keyed hash of their network, with a
/// key that lives only in this process: no address is kept or written anywhere.
/// </summary>
internal static class HeavyLimit
{
    public const string Name = "heavy";

    /// <summary>Of signing in: guessing is slow even where every account is tried once.</summary>
    public const string SignIn = "sign-in";

    private const int SignInsPerMinute = 30;
    private static readonly byte[] s_key = RandomNumberGenerator.GetBytes(32);

    public static void Add(IServiceCollection services, int perMinute) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, cancel) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(60);
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Problems.Of("too-many-requests", $"At most {perMinute} such requests a minute. Try again after the time in Retry-After, or send many in one request.").ExecuteAsync(context.HttpContext);
        };
        options.AddPolicy(Name, context => Bucket(context, perMinute));
        options.AddPolicy(SignIn, context => Bucket(context, perMinute == 0 ? 0 : SignInsPerMinute));
    });

    private static RateLimitPartition<string> Bucket(HttpContext context, int perMinute) => perMinute == 0
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetTokenBucketLimiter(Client(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute)),
            QueueLimit = 0,
        });

    // /24 of IPv4, /56 of IPv6.
    private static string Client(IPAddress? address)
    {
        var bytes = (address ?? IPAddress.None).MapToIPv6().GetAddressBytes();
        var kept = address is { AddressFamily: AddressFamily.InterNetwork } or { IsIPv4MappedToIPv6: true } ? 15 : 7;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return Convert.ToHexString(HMACSHA256.HashData(s_key, bytes)[..8]);
    }
}
