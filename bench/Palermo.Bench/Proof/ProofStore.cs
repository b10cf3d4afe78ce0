using Palermo.Storage;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>The store a proof is made on: that of <c>--store</c>, or a file of its own that goes with the proof.</summary>
internal sealed class ProofStore : IDisposable
{
    private readonly DirectoryInfo _folder;

    public ProofStore(ProofOptions options)
    {
        _folder = options.Text("--folder") is { } given ? Directory.CreateDirectory(Path.Combine(given, "proof")) : Directory.CreateTempSubdirectory("palermo-proof-");
        Text = options.Text("--store") ?? $"sqlite:{Path.Combine(_folder.FullName, "store.db")}";
        Address = StoreAddress.Parse(Text);
    }

    public string Text { get; }

    public StoreAddress Address { get; }

    /// <summary>Verifies the whole store, and says what is wrong.</summary>
    public async Task<Verified> Verify()
    {
        var verified = await Verifier.Verify(Address);
        foreach (var problem in verified.Problems)
        {
            Console.WriteLine(problem);
        }

        return verified;
    }

    public void Dispose()
    {
        StoreAddress.Release();
        _folder.Delete(recursive: true);
    }
}
