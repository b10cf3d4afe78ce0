using Microsoft.AspNetCore.OutputCaching;

namespace Palermo.Web.Hosting;

/// <summary>
/// Keeps answers that rest on knowledge alone in memory, for as long as the day lasts or until room is needed. What people
/// type about a tender is never kept: those pages are not marked.
/// </summary>
internal static class KnowledgeCache
{
    public const string Name = "knowledge";
    private const long Room = 64L << 20;
    private static readonly TimeSpan s_time = TimeSpan.FromMinutes(10);

    public static void Add(IServiceCollection services)
    {
        services.AddOutputCache(options =>
        {
            options.SizeLimit = Room;
            options.MaximumBodySize = 1 << 20;
            options.AddPolicy(Name, policy => policy
                .Expire(s_time)
                .SetVaryByQuery("*")
                .SetVaryByHeader("Accept")
                .VaryByValue(context => new KeyValuePair<string, string>("day", context.RequestServices.GetRequiredService<KnowledgeBase>().Today.ToString("yyyy-MM-dd", null))));
        });
    }
}
