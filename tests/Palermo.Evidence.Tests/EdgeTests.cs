using System.Numerics;

namespace Palermo.Evidence.Tests;

/// <summary>The edges that mutants showed unheld.</summary>
public sealed class EdgeTests
{
    private readonly Dictionary<TreeNode, byte[]> _nodes = [];

    private void Grow(int size)
    {
        for (var i = 0; i < size; i++)
        {
            foreach (var (node, hash) in MerkleTree.Grow(i, MerkleHash.Leaf([(byte)i]), n => _nodes[n]))
            {
                _nodes.Add(node, hash);
            }
        }
    }

    private byte[] Root(long size) => MerkleTree.Root(size, n => _nodes[n]);

    [Fact]
    public void A_frontier_is_one_node_for_each_bit_of_the_size() =>
        Assert.All(Enumerable.Range(0, 300), size => Assert.Equal(BitOperations.PopCount((uint)size), MerkleTree.Frontier(size).Distinct().Count()));

    [Fact]
    public void No_proof_proves_what_needs_one()
    {
        Grow(7);
        Assert.False(MerkleProof.IsConsistent(3, Root(3), 7, Root(7), []));
        Assert.False(MerkleProof.IsConsistent(4, Root(4), 7, Root(7), []));
        Assert.False(MerkleProof.IsConsistent(3, Root(3), 3, Root(3), [Root(3)]));
        Assert.False(MerkleProof.IsConsistent(3, Root(3), 3, Root(4), []));
        Assert.False(MerkleProof.Includes(MerkleHash.Leaf([2]), 2, 7, [], Root(7)));
        Assert.False(MerkleProof.Includes(MerkleHash.Leaf([0]), 0, 1, [[1, 2, 3]], Root(1)));
        var path = MerkleTree.Inclusion(2, 7, n => _nodes[n]);
        Assert.False(MerkleProof.Includes(MerkleHash.Leaf([2]), 2, 7, [path[0][..31], .. path.Skip(1)], Root(7)));
    }

    [Fact]
    public void Sizes_and_places_below_zero_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Grow(-1, [], _ => []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Root(-1, _ => []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Inclusion(-1, 5, _ => new byte[32]));
    }

    [Fact]
    public void Checkpoints_are_the_same_if_all_of_them_is()
    {
        var one = new Checkpoint("log", 3, [1]);
        Assert.False(one.Equals(null));
        Assert.NotEqual(one, one with { Origin = "other" });
        Assert.NotEqual(one, one with { Size = 4 });
        Assert.NotEqual(one, one with { Root = [2] });
        Assert.Equal(one, one with { Root = [1] });
        Assert.Equal(0, Checkpoint.Read($"log\n0\n{Convert.ToBase64String(new byte[32])}\n")!.Size);
    }

    [Fact]
    public void A_proof_of_an_entry_without_words_in_a_log_of_one_is_read()
    {
        var key = LogKey.Make("log");
        var note = new Checkpoint("log", 1, MerkleHash.Leaf([])).Sign(key);
        var proof = new EntryProof([], [], 0, [], note);
        Assert.Equal(1, EntryProof.Read(proof.Write())!.Verify(key.Verifier)!.Size);
        var text = proof.Write();
        Assert.Null(EntryProof.Read(text.Replace("extra ", "other ", StringComparison.Ordinal)));
        Assert.Null(EntryProof.Read(text.Replace("index ", "other ", StringComparison.Ordinal)));
        // Three bytes can't hold a length; a length one too long; below zero.
        foreach (var extra in new byte[][] { [0, 0, 0], [0, 0, 0, 1], [255, 255, 255, 255] })
        {
            Assert.Null(EntryProof.Read($"c2sp.org/tlog-proof@v1\nextra {Convert.ToBase64String(extra)}\nindex 0\n\n{note}"));
        }
    }

    [Fact]
    public void A_signature_is_of_its_name_and_its_text()
    {
        var key = LogKey.Make("log");
        var note = SignedNote.Sign("text\n", key);
        Assert.Equal("text\n", SignedNote.Open(note, key.Verifier));
        Assert.Null(SignedNote.Open(note.Replace("— log ", "— other ", StringComparison.Ordinal), key.Verifier));
        Assert.Null(SignedNote.Open(note.Replace("— log ", "- log ", StringComparison.Ordinal), key.Verifier));
        Assert.Null(SignedNote.Open("\n\n", key.Verifier));
        var other = LogVerifier.Read(key.Verifier.ToString().Replace("+", "+0", StringComparison.Ordinal)[..^1]);
        Assert.Null(other);
        Assert.Contains("two words", Assert.Throws<ArgumentException>(() => LogKey.Make("two words")).Message, StringComparison.Ordinal);
        // The id must fit the key.
        var parts = key.Verifier.ToString().Split('+', 3);
        Assert.Null(LogVerifier.Read($"{parts[0]}+00000000+{parts[2]}"));
        Assert.NotNull(LogVerifier.Read(string.Join('+', parts)));
    }

    [Fact]
    public void A_text_of_one_empty_line_is_signed_and_read()
    {
        var key = LogKey.Make("log");
        Assert.Equal("\n", SignedNote.Open(SignedNote.Sign("\n", key), key.Verifier));
    }

    [Fact]
    public void A_path_that_goes_on_above_the_root_proves_nothing()
    {
        byte[] leaf = MerkleHash.Leaf([1]), more = MerkleHash.Leaf([2]);
        // In a tree of one leaf nothing stands beside it, whatever root somebody makes up.
        Assert.True(MerkleProof.Includes(leaf, 0, 1, [], leaf));
        Assert.False(MerkleProof.Includes(leaf, 0, 1, [more], MerkleHash.Node(more, leaf)));
        Assert.False(MerkleProof.Includes(leaf, 0, 1, [more], MerkleHash.Node(leaf, more)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    public void Nothing_is_the_beginning_of_nothing(long first, long second)
    {
        // Roots and proofs that would do for other sizes.
        byte[] one = MerkleHash.Leaf([1]), two = MerkleHash.Node(one, one);
        foreach (var proof in new byte[][][] { [], [one], [one, one], [two] })
        {
            Assert.False(MerkleProof.IsConsistent(first, one, second, one, proof));
            Assert.False(MerkleProof.IsConsistent(first, two, second, two, proof));
            Assert.False(MerkleProof.IsConsistent(first, one, second, two, proof));
        }
    }

    [Fact]
    public void A_key_of_another_length_or_kind_is_none()
    {
        static string Text(byte[] key)
        {
            var id = System.Security.Cryptography.SHA256.HashData([.. "log\n"u8, .. key])[..4];
            return $"log+{Convert.ToHexStringLower(id)}+{Convert.ToBase64String(key)}";
        }

        byte[] key = [1, .. Enumerable.Repeat((byte)7, 31), 0];
        Assert.NotNull(LogVerifier.Read(Text(key)));
        Assert.Null(LogVerifier.Read(Text(key)[..Text(key).LastIndexOf('+')] + "+" + Convert.ToBase64String(key[..^1])));
        Assert.Null(LogVerifier.Read(Text([2, .. key[1..]])));
    }

    public static TheoryData<string, string> Doors()
    {
        var doors = new TheoryData<string, string>();
        foreach (var (type, method) in new[] { (typeof(MerkleTree), "Grow"), (typeof(MerkleTree), "Root"), (typeof(MerkleTree), "Inclusion"), (typeof(MerkleTree), "Consistency"), (typeof(MerkleTree), "Asked"), (typeof(MerkleProof), "Includes"), (typeof(Checkpoint), "Read"), (typeof(Checkpoint), "Sign"), (typeof(Checkpoint), "Open"), (typeof(LogKey), "Read"), (typeof(LogVerifier), "Read"), (typeof(SignedNote), "Sign"), (typeof(SignedNote), "Open"), (typeof(EntryProof), "Read") })
        {
            doors.Add(type.Name, method);
        }

        return doors;
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void A_door_says_that_something_is_missing(string type, string method)
    {
        Func<TreeNode, byte[]> kept = _ => new byte[32];
        var key = LogKey.Make("log");
        Action[] calls = (type, method) switch
        {
            (nameof(MerkleTree), "Grow") => [() => MerkleTree.Grow(0, null!, kept), () => MerkleTree.Grow(0, [], null!)],
            (nameof(MerkleTree), "Root") => [() => MerkleTree.Root(1, null!)],
            (nameof(MerkleTree), "Inclusion") => [() => MerkleTree.Inclusion(0, 1, null!)],
            (nameof(MerkleTree), "Consistency") => [() => MerkleTree.Consistency(1, 1, null!)],
            (nameof(MerkleTree), "Asked") => [() => MerkleTree.Asked(null!)],
            (nameof(MerkleProof), "Includes") => [() => MerkleProof.Includes([], 0, 1, null!, []), () => MerkleProof.IsConsistent(1, [], 1, [], null!)],
            (nameof(Checkpoint), "Read") => [() => Checkpoint.Read(null!)],
            (nameof(Checkpoint), "Sign") => [() => new Checkpoint("log", 1, []).Sign(null!)],
            (nameof(Checkpoint), "Open") => [() => Checkpoint.Open("", null!)],
            (nameof(LogKey), "Read") => [() => LogKey.Read(null!)],
            (nameof(LogVerifier), "Read") => [() => LogVerifier.Read(null!)],
            (nameof(SignedNote), "Sign") => [() => SignedNote.Sign(null!, key), () => SignedNote.Sign("", null!)],
            (nameof(SignedNote), "Open") => [() => SignedNote.Open(null!, key.Verifier), () => SignedNote.Open("", null!)],
            _ => [() => EntryProof.Read(null!)],
        };
        // Named as at the door, not as in what lies behind it.
        string[] named = [.. typeof(MerkleTree).Assembly.GetExportedTypes().Single(t => t.Name == type).GetMethods().SelectMany(m => m.GetParameters()).Select(p => p.Name!)];
        Assert.All(calls, call => Assert.Contains(Assert.Throws<ArgumentNullException>(call).ParamName, named));
    }
}
