using System.Text;

namespace Palermo.Evidence.Tests;

public sealed class CheckpointTests
{
    private static readonly byte[] s_root = MerkleHash.Leaf("a"u8);

    // The example of Go's golang.org/x/mod/sumdb/note: a key, a text and its signature.
    [Fact]
    public void A_note_of_another_program_is_read()
    {
        const string Key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        const string Note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        var verifier = LogVerifier.Read(Key)!;
        Assert.Equal(Key, verifier.ToString());
        Assert.Equal("If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n", SignedNote.Open(Note, verifier));
        Assert.Null(SignedNote.Open(Note.Replace("your problem is", "my problem is", StringComparison.Ordinal), verifier));
    }

    [Fact]
    public void A_checkpoint_is_read_as_it_was_signed_and_nothing_else_is()
    {
        var key = LogKey.Make("log.example/palermo");
        var note = new Checkpoint(key.Verifier.Name, 17, s_root).Sign(key);
        var again = LogKey.Read(key.Secret())!;
        Assert.Equal(key.Verifier.ToString(), again.Verifier.ToString());
        var read = Checkpoint.Open(note, LogVerifier.Read(again.Verifier.ToString())!)!;
        Assert.Equal((17, Convert.ToHexString(s_root)), (read.Size, Convert.ToHexString(read.Root)));
        Assert.Equal(new Checkpoint(key.Verifier.Name, 17, s_root), read);
        Assert.Null(Checkpoint.Open(note.Replace("\n17\n", "\n18\n", StringComparison.Ordinal), key.Verifier));
        Assert.Null(Checkpoint.Open(note, LogKey.Make(key.Verifier.Name).Verifier));
        Assert.Null(Checkpoint.Open(new Checkpoint("other", 17, s_root).Sign(key), key.Verifier));
        Assert.Null(Checkpoint.Open(note.TrimEnd('\n'), key.Verifier));
        Assert.Null(Checkpoint.Open("", key.Verifier));
        // A second signature, of a witness, is passed over.
        Assert.NotNull(Checkpoint.Open(note + "— witness AAAA\n", key.Verifier));
    }

    [Theory]
    [InlineData("log\n017\n{0}\n")]
    [InlineData("log\n-1\n{0}\n")]
    [InlineData("\n1\n{0}\n")]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("log\n1\n{0}")]
    [InlineData("log\n1\n{0} \n")]
    public void What_is_no_checkpoint_is_refused(string body) => Assert.Null(Checkpoint.Read(string.Format(null, body, Convert.ToBase64String(s_root))));

    [Theory]
    [InlineData("")]
    [InlineData("a+b")]
    [InlineData("PRIVATE+KEY+log+00000000+AAAA")]
    [InlineData("PRIVATE+KEY+two words+00000000+AQ==")]
    public void What_is_no_key_is_refused(string text)
    {
        Assert.Null(LogKey.Read(text));
        Assert.Null(LogVerifier.Read(text));
    }

    [Fact]
    public void A_key_has_a_name_without_blanks() => Assert.Throws<ArgumentException>(() => LogKey.Make("two words"));

    [Fact]
    public void A_proof_stands_alone()
    {
        var key = LogKey.Make("log");
        var nodes = new Dictionary<TreeNode, byte[]>();
        for (var i = 0; i < 11; i++)
        {
            foreach (var (node, hash) in MerkleTree.Grow(i, MerkleHash.Leaf(Encoding.UTF8.GetBytes($"{i}")), n => nodes[n]))
            {
                nodes.Add(node, hash);
            }
        }

        var note = new Checkpoint("log", 11, MerkleTree.Root(11, n => nodes[n])).Sign(key);
        var proof = new EntryProof("6"u8.ToArray(), [9, 8], 6, MerkleTree.Inclusion(6, 11, n => nodes[n]), note);
        var read = EntryProof.Read(proof.Write())!;
        Assert.Equal(11, read.Verify(key.Verifier)!.Size);
        Assert.Equal("6", Encoding.UTF8.GetString(read.Entry));
        Assert.Equal([9, 8], read.Opening);
        Assert.Null((read with { Entry = "7"u8.ToArray() }).Verify(key.Verifier));
        Assert.Null((read with { Index = 7 }).Verify(key.Verifier));
        Assert.Null(read.Verify(LogKey.Make("log").Verifier));
        foreach (var broken in new[] { "", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nextra AAAA\nindex x\n\n", "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nextra /////w==\nindex 1\n\n" })
        {
            Assert.Null(EntryProof.Read(broken));
        }
    }
}
