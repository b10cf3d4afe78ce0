using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Storage.Changes;

/// <summary>A row as text that is always the same, and its hash: the ledger holds the hash, so that a row shown later can be proved to be the one that was written.</summary>
public static class RowHash
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The row: a JSON object of its fields in the order of their declaration, without blanks.</summary>
    public static string Text<T>(T row) => JsonSerializer.Serialize(row, s_plain);

    /// <summary>What the ledger holds: <c>sha256:</c> and 64 digits.</summary>
    public static string Of<T>(T row) => "sha256:" + LedgerHash.Of(Text(row));
}
