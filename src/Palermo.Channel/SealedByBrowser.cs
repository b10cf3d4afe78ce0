using System.Text.Json;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;

namespace Palermo.Channel;

/// <summary>A report as the script of the page sealed it. Whatever does not look right is refused: nothing that nobody can open is taken for a report.</summary>
internal static class SealedByBrowser
{
    private const int KeyBox = 1 + 48 + KeyPair.Size, TwoKeyBoxes = KeyBox + 49, MostFiles = 20;

    /// <summary>Reads one; null if it is none, or is sealed to others than those who may read it.</summary>
    public static SealedReport? Read(string text, IReadOnlyList<CaseReader> readers)
    {
        try
        {
            var sent = JsonSerializer.Deserialize<Sent>(text, JsonSerializerOptions.Web);
            if (sent is null || sent.PublicKey.Length != KeyPair.Size || sent.Copies is null || sent.Content is not { Length: > SealedBox.SmallestPadded } || sent.Content[0] != 1 || sent.ReporterCopy.Length != KeyBox
                || sent.Copies.Length != readers.Count || !readers.All(r => sent.Copies.Count(c => c.Holder == r.Holder && c.Id == r.Id && c.Box.Length == KeyBox) == 1) || sent.Files?.Length > MostFiles || sent.Files?.Any(f => f.Name.Length < KeyBox || f.Content.Length < KeyBox) == true)
            {
                return null;
            }

            var handlers = readers.Where(r => r.Holder == "handler").Select(r => r.Id).ToHashSet();
            var identity = sent.Identity is { } i && i.Layers.Length == handlers.Count * (handlers.Count - 1) && i.Layers.All(l => l.Agrees != l.Asks && handlers.Contains(l.Agrees) && handlers.Contains(l.Asks) && l.Box.Length == TwoKeyBoxes) && i.Layers.DistinctBy(l => (l.Agrees, l.Asks)).Count() == i.Layers.Length
                ? new SealedIdentity(i.Box, i.Layers) : null;
            return sent.Identity is not null && identity is null ? null
                : new SealedReport(sent.PublicKey, [.. sent.Copies.Select(c => (c.Holder, c.Id, c.Box))], sent.ReporterCopy, sent.Content, identity, FilesOf(sent.Files), "browser");
        }
        catch (Exception e) when (e is JsonException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Reads a message; null if it is none.</summary>
    public static (byte[]? Content, IReadOnlyList<SealedReportFile> Files)? ReadMessage(string text)
    {
        try
        {
            var sent = JsonSerializer.Deserialize<SentMessage>(text, JsonSerializerOptions.Web);
            return sent is null || (sent.Content is { } c && (c.Length <= SealedBox.SmallestPadded || c[0] != 1)) || sent.Files?.Length > MostFiles ? null : (sent.Content, FilesOf(sent.Files));
        }
        catch (Exception e) when (e is JsonException or NullReferenceException)
        {
            return null;
        }
    }

    private static SealedReportFile[] FilesOf(SentFile[]? files) => [.. (files ?? []).Select(f => new SealedReportFile(f.Name, [], f.Content))];

    private sealed record Sent(byte[] PublicKey, SentCopy[] Copies, byte[] ReporterCopy, byte[] Content, SentIdentity? Identity, SentFile[]? Files);

    private sealed record SentCopy(string Holder, Guid Id, byte[] Box);

    private sealed record SentIdentity(byte[] Box, IdentityLayer[] Layers);

    private sealed record SentFile(byte[] Name, byte[] Content);

    private sealed record SentMessage(byte[]? Content, SentFile[]? Files);
}
