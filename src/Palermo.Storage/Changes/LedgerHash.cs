using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Palermo.Storage.Model;

namespace Palermo.Storage.Changes;

/// <summary>The hash of an entry: SHA-256 over a JSON array of its fields in a fixed order and the hash of the entry before. docs/operations.md says how to compute it elsewhere.</summary>
public static class LedgerHash
{
    /// <summary>What the first entry holds as the hash before it.</summary>
    public static readonly string First = new('0', 64);

    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The hash.</summary>
    public static string Of(LedgerEntry entry) => Of(Content(entry));

    /// <summary>What is hashed, and what is a leaf of the evidence log.</summary>
    public static byte[] Content(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream, s_plain))
        {
            w.WriteStartArray();
            w.WriteStringValue(entry.Previous);
            w.WriteNumberValue(entry.Number);
            w.WriteStringValue(Text(entry.At));
            w.WriteStringValue(entry.ById?.ToString() ?? "");
            w.WriteStringValue(entry.ByName);
            w.WriteStringValue(entry.OrganizationId?.ToString() ?? "");
            w.WriteStringValue(entry.Kind);
            w.WriteStringValue(entry.Subject);
            w.WriteStringValue(entry.Detail);
            w.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>SHA-256, hex in lower case.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>SHA-256 of a text in UTF-8, hex in lower case.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The entry as webhooks and the API show it.</summary>
    public static string Body(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream, s_plain))
        {
            w.WriteStartObject();
            w.WriteNumber("number", entry.Number);
            w.WriteString("type", entry.Kind);
            w.WriteString("timestamp", Text(entry.At));
            w.WriteString("subject", entry.Subject);
            w.WriteString("organization", entry.OrganizationId?.ToString() ?? "");
            w.WriteString("detail", entry.Detail);
            w.WriteString("hash", entry.Hash);
            w.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>An instant as RFC 3339 with milliseconds.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
