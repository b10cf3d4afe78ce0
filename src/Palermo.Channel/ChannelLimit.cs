using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Palermo.Channel;

/// <summary>
/// Limits floods and guessing without keeping who. Networks are told apart by a keyed hash whose key is drawn when the process
/// starts, lives only in its memory and changes every day; a second limit holds for all together.
/// </summary>
internal static class ChannelLimit
{
    public const string Name = "post";

    private const int AllTogether = 50;
    private static (DateOnly Day, byte[] Key) s_key;

    public static void Add(IServiceCollection services, int perMinute, TimeProvider clock) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(Name, context => perMinute == 0 ? RateLimitPartition.GetNoLimiter("") : RateLimitPartition.GetTokenBucketLimiter(Network(context.Connection.RemoteIpAddress, clock), _ => new TokenBucketRateLimiterOptions { TokenLimit = perMinute, TokensPerPeriod = perMinute, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        // Each costs 64 MB while it lasts.
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => HttpMethods.IsPost(context.Request.Method) ? RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = Math.Max(2, Environment.ProcessorCount * 2), QueueLimit = AllTogether }) : RateLimitPartition.GetNoLimiter(""));
    });

    private static string Network(IPAddress? address, TimeProvider clock)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (s_key.Day != day)
        {
            s_key = (day, RandomNumberGenerator.GetBytes(32));
        }

        var bytes = (address ?? IPAddress.None).MapToIPv6().GetAddressBytes();
        // /24 of IPv4, /56 of IPv6.
        var kept = address is { AddressFamily: AddressFamily.InterNetwork } or { IsIPv4MappedToIPv6: true } ? 15 : 7;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return Convert.ToHexString(HMACSHA256.HashData(s_key.Key, bytes)[..8]);
    }
}
