using Palermo.Storage.Evidence;

namespace Palermo.Web.Log;

/// <summary>What anybody may ask of the evidence log: its key, its newest checkpoint, that one size is the beginning of another. Entries are not public.</summary>
internal static class LogEndpoints
{
    public static void Map(IEndpointRouteBuilder everybody)
    {
        var log = everybody.MapGroup("/log").WithTags("Evidence log");
        log.MapGet("/key", (LogSigner signer) => signer.Key is { } key ? Results.Text(key.Verifier + "\n", "text/plain; charset=utf-8") : Hosting.Problems.Of("not-ready", "The log has no key at the moment."))
            .WithName("LogKey").WithSummary("The key that checks signatures of checkpoints (C2SP signed-note).").Produces<string>(200, "text/plain").ProducesProblem(503);
        log.MapGet("/checkpoint", async (EvidenceLog evidence, CancellationToken cancel) => await evidence.Newest(cancel) is { } newest ? Results.Text(newest.Note, "text/plain; charset=utf-8") : Hosting.Problems.Of("not-found", "There is no checkpoint yet."))
            .WithName("LogCheckpoint").WithSummary("The newest checkpoint: a signed note (C2SP tlog-checkpoint).").Produces<string>(200, "text/plain").ProducesProblem(404);
        log.MapGet("/consistency", async (long first, long second, EvidenceLog evidence, CancellationToken cancel) => await evidence.Consistency(first, second, cancel) is { } proof ? Results.Text(string.Concat(proof.Select(p => Convert.ToBase64String(p) + "\n")), "text/plain; charset=utf-8") : Hosting.Problems.Of("not-found", "The log has no such sizes; the first is at least 1 and at most the second."))
            .WithName("LogConsistency").WithSummary("Proof that the log of the first size is the beginning of the second (RFC 6962, 2.1.2): one hash a line.").Produces<string>(200, "text/plain").ProducesProblem(404);
    }
}
