using System.IO.Hashing;
using System.Security.Cryptography;

namespace Palermo.Procurement.Input;

/// <summary>Hashes a file: SHA-256, which every system can check, or XXH128 for files so large that SHA-256 would be a fifth of the run.</summary>
internal sealed class FileHash(bool cryptographic) : IDisposable
{
    private readonly IncrementalHash? _sha = cryptographic ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly XxHash128 _xxh = new();

    public string Algorithm => _sha is null ? "xxh128" : "sha256";

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_sha is null)
        {
            _xxh.Append(bytes);
        }
        else
        {
            _sha.AppendData(bytes);
        }
    }

    public override string ToString() => Convert.ToHexStringLower(_sha is null ? _xxh.GetCurrentHash() : _sha.GetCurrentHash());

    public void Dispose() => _sha?.Dispose();
}
