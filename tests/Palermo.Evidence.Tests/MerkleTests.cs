using System.Text;
using CsCheck;

namespace Palermo.Evidence.Tests;

/// <summary>The tree of RFC 6962, against its published examples and against its own definition.</summary>
public sealed class MerkleTests
{
    // Leaves and roots of the reference implementation of Certificate Transparency (merkle_tree_test).
    private static readonly string[] s_leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] s_roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private readonly Dictionary<TreeNode, byte[]> _nodes = [];

    private byte[] Kept(TreeNode node) => _nodes[node];

    private void Add(long index, byte[] data)
    {
        foreach (var (node, hash) in MerkleTree.Grow(index, MerkleHash.Leaf(data), Kept))
        {
            // A node that is there is never written again.
            _nodes.Add(node, hash);
        }
    }

    // RFC 6962, 2.1, word for word.
    private static byte[] Definition(byte[][] leaves)
    {
        if (leaves.Length == 0)
        {
            return MerkleHash.Empty;
        }

        if (leaves.Length == 1)
        {
            return MerkleHash.Leaf(leaves[0]);
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return MerkleHash.Node(Definition(leaves[..k]), Definition(leaves[k..]));
    }

    [Fact]
    public void Roots_are_the_published_ones()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleTree.Root(0, Kept)));
        for (var i = 0; i < s_leaves.Length; i++)
        {
            Add(i, Convert.FromHexString(s_leaves[i]));
            Assert.Equal(s_roots[i], Convert.ToHexStringLower(MerkleTree.Root(i + 1, Kept)));
        }
    }

    [Fact]
    public void Every_proof_of_every_size_holds_and_no_other()
    {
        const int Most = 70;
        var leaves = Enumerable.Range(0, Most).Select(i => Encoding.UTF8.GetBytes($"entry {i}")).ToArray();
        for (var size = 1; size <= Most; size++)
        {
            Add(size - 1, leaves[size - 1]);
            var root = MerkleTree.Root(size, Kept);
            Assert.Equal(Definition(leaves[..size]), root);
            Assert.All(MerkleTree.Frontier(size), n => Assert.True(_nodes.ContainsKey(n)));
            for (var i = 0; i < size; i++)
            {
                var path = MerkleTree.Inclusion(i, size, Kept);
                Assert.True(MerkleProof.Includes(MerkleHash.Leaf(leaves[i]), i, size, path, root));
                Assert.False(MerkleProof.Includes(MerkleHash.Leaf(leaves[i]), i + 1 < size ? i + 1 : i - 1, size, path, root) && size > 1);
                Assert.False(MerkleProof.Includes(MerkleHash.Leaf("other"u8), i, size, path, root));
                Assert.False(MerkleProof.Includes(MerkleHash.Leaf(leaves[i]), i, size, [.. path, root], root));
                Assert.True(path.Count == 0 || !MerkleProof.Includes(MerkleHash.Leaf(leaves[i]), i, size, [.. path.Skip(1)], root));
            }

            for (var first = 1; first <= size; first++)
            {
                var proof = MerkleTree.Consistency(first, size, Kept);
                Assert.True(MerkleProof.IsConsistent(first, MerkleTree.Root(first, Kept), size, root, proof));
                Assert.False(MerkleProof.IsConsistent(first, MerkleHash.Leaf("x"u8), size, root, proof));
                Assert.False(MerkleProof.IsConsistent(first, MerkleTree.Root(first, Kept), size, MerkleHash.Leaf("x"u8), proof));
                Assert.False(MerkleProof.IsConsistent(first, MerkleTree.Root(first, Kept), size, root, [.. proof, root]));
                Assert.True(proof.Count == 0 || !MerkleProof.IsConsistent(first, MerkleTree.Root(first, Kept), size, root, [.. proof.Take(proof.Count - 1)]));
            }
        }
    }

    [Fact]
    public void Nothing_is_proved_of_sizes_that_are_none()
    {
        Add(0, []);
        Assert.False(MerkleProof.Includes(MerkleHash.Leaf([]), -1, 1, [], MerkleTree.Root(1, Kept)));
        Assert.False(MerkleProof.Includes(MerkleHash.Leaf([]), 1, 1, [], MerkleTree.Root(1, Kept)));
        Assert.False(MerkleProof.Includes([1], 0, 1, [], MerkleTree.Root(1, Kept)));
        Assert.False(MerkleProof.IsConsistent(0, MerkleHash.Empty, 1, MerkleTree.Root(1, Kept), []));
        Assert.False(MerkleProof.IsConsistent(2, MerkleHash.Empty, 1, MerkleTree.Root(1, Kept), []));
        Assert.False(MerkleProof.IsConsistent(1, MerkleTree.Root(1, Kept), 3, MerkleTree.Root(1, Kept), [[1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Inclusion(1, 1, Kept));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Consistency(0, 1, Kept));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Consistency(2, 1, Kept));
    }

    [Fact]
    public void A_changed_leaf_changes_the_root() =>
        Gen.Select(Gen.Byte.Array[0, 20].Array[1, 60], Gen.Int[0, 59]).Sample((leaves, at) =>
        {
            var changed = leaves.Select((l, i) => i == at % leaves.Length ? [.. l, 1] : l).ToArray();
            Assert.NotEqual(Definition(leaves), Definition(changed));
        });
}
