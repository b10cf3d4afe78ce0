using System.Text;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Chunk = Geralt.IncrementalXChaCha20Poly1305;

namespace Palermo.Remedy.Tests;

/// <summary>What is sealed opens with its key, whole or not at all.</summary>
public sealed class SealingTests
{
    private readonly KeyPair _keys = KeyPair.Make(), _other = KeyPair.Make();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(5000)]
    public void Content_comes_back(int length)
    {
        var content = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        var box = SealedBox.Seal(content, _keys.Public);
        Assert.Equal(content, SealedBox.Open(box, _keys));
        Assert.Null(SealedBox.Open(box, _other));
        Assert.NotEqual(box, SealedBox.Seal(content, _keys.Public));
        Assert.Equal(SealedBox.PaddedSize(length) + 49, box.Length);
    }

    [Fact]
    public void Sizes_tell_little()
    {
        Assert.Single(Enumerable.Range(0, 1000).Select(SealedBox.PaddedSize).Distinct());
        // Padmé: at most twelve in a hundred more, and few sizes.
        Assert.InRange(Enumerable.Range(1000, 100_000).Select(SealedBox.PaddedSize).Distinct().Count(), 1, 200);
        Assert.All(Enumerable.Range(2000, 20_000), n => Assert.InRange(SealedBox.PaddedSize(n), n + 1, (n * 112 / 100) + 2));
    }

    [Fact]
    public void Any_byte_changed_is_noticed()
    {
        var box = SealedBox.Seal("says nothing"u8, _keys.Public);
        for (var i = 0; i < box.Length; i += 13)
        {
            var changed = box.ToArray();
            changed[i] ^= 1;
            Assert.Null(SealedBox.Open(changed, _keys));
        }

        Assert.Null(SealedBox.Open([], _keys));
        Assert.Null(SealedBox.Open([1], _keys));
        Assert.Null(SealedBox.Open(box[..40], _keys));
        // A key is no content and content no key.
        Assert.Null(SealedBox.OpenKey(box, _keys));
        Assert.Null(SealedBox.Open(SealedBox.SealKey(_other.Private, _keys.Public), _keys));
        Assert.Equal(_other.Private, SealedBox.OpenKey(SealedBox.SealKey(_other.Private, _keys.Public), _keys));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public void Files_come_back_and_nothing_can_be_taken_out(int length)
    {
        var file = Enumerable.Range(0, length).Select(i => (byte)(i >> 3)).ToArray();
        var (content, key) = SealedFile.Seal(file, _keys.Public);
        Assert.Equal(file, SealedFile.Open(content, key, _keys));
        Assert.Null(SealedFile.Open(content, key, _other));
        Assert.Null(SealedFile.Open(content[..^1], key, _keys));
        Assert.Null(SealedFile.Open([.. content, 0], key, _keys));
        const int Piece = 65536 + 17, Head = 25;
        if (content.Length > Head + (2 * Piece))
        {
            // A piece left out, two exchanged, the last cut off.
            Assert.Null(SealedFile.Open([.. content[..Head], .. content[(Head + Piece)..]], key, _keys));
            Assert.Null(SealedFile.Open([.. content[..Head], .. content[(Head + Piece)..(Head + (2 * Piece))], .. content[Head..(Head + Piece)], .. content[(Head + (2 * Piece))..]], key, _keys));
            Assert.Null(SealedFile.Open(content[..(Head + (2 * Piece))], key, _keys));
        }

        Assert.Null(SealedFile.Open([], key, _keys));
        Assert.Null(SealedFile.Open(content, SealedBox.SealKey([1, 2, 3], _keys.Public), _keys));
    }

    [Fact]
    public void A_locked_key_opens_with_its_passphrase_alone()
    {
        var locked = LockedKey.Lock(_keys, "correct horse battery staple");
        Assert.Equal(_keys.Public, locked.Unlock("correct horse battery staple")!.Public);
        Assert.Null(locked.Unlock("correct horse battery stable"));
        Assert.DoesNotContain(Convert.ToHexString(_keys.Private), Convert.ToHexString(locked.Box));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void So_many_together_open_it_and_fewer_do_not(int needed, int people)
    {
        var all = Enumerable.Range(0, people).Select(_ => KeyPair.Make()).ToArray();
        var layers = Together.Seal(_keys.Private, [.. all.Select(k => k.Public)], needed);
        Assert.Equal(Choose(people, needed), layers.Count);
        foreach (var layer in layers)
        {
            var turns = layer.People.Split(' ').Select(int.Parse).ToArray();
            Assert.Equal(needed, turns.Length);
            var box = layer.Box;
            foreach (var person in turns)
            {
                Assert.Null(Together.Peel(box, _other));
                Assert.All(turns.Where(t => t > person), later => Assert.Null(Together.Peel(box, all[later])));
                box = Together.Peel(box, all[person])!;
            }

            Assert.Equal(_keys.Private, box);
        }

        static int Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;
    }

    [Fact]
    public void One_alone_is_never_enough()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Together.Seal(_keys.Private, [_keys.Public, _other.Public], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Together.Seal(_keys.Private, [_keys.Public, _other.Public], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Together.Seal(_keys.Private, [.. Enumerable.Repeat(_keys.Public, 9)], 2));
    }

    // RFC 7748, 5.2: the first iteration.
    [Fact]
    public void Keys_are_those_of_the_standard()
    {
        var keys = KeyPair.FromPrivate(Convert.FromHexString("0900000000000000000000000000000000000000000000000000000000000000"))!;
        Assert.Equal("422C8E7A6227D7BCA1350B3E2BB7279F7897B87BB6854B783C60E80311AE3079", Convert.ToHexString(keys.Public));
        Assert.Null(KeyPair.FromPrivate([1, 2]));
        Assert.Equal(KeyPair.FromSeed(new byte[32]).Public, KeyPair.FromSeed(new byte[32]).Public);
        Assert.Equal("text", Encoding.UTF8.GetString(SealedBox.Open(SealedBox.Seal("text"u8, keys.Public), keys)!));
    }

    [Fact]
    public void A_key_under_a_secret_of_the_browser_opens_with_it_alone()
    {
        byte[] secret = [.. Enumerable.Range(0, SessionKey.SecretSize).Select(i => (byte)i)], other = [.. secret[..^1], 99];
        var box = SessionKey.Wrap(_keys, secret);
        Assert.Equal(_keys.Public, SessionKey.Unwrap(box, secret)!.Public);
        Assert.Null(SessionKey.Unwrap(box, other));
        Assert.Null(SessionKey.Unwrap(box.AsSpan(0, box.Length - 1), secret));
        Assert.Null(SessionKey.Unwrap(box, secret.AsSpan(1)));
        Assert.Null(SessionKey.Unwrap([], []));
        var again = SessionKey.Wrap(_keys, secret);
        Assert.NotEqual(box[..24], again[..24]);
        Assert.Equal("keys", Assert.Throws<ArgumentNullException>(() => SessionKey.Wrap(null!, secret)).ParamName);
    }

    [Fact]
    public void Salts_nonces_and_keys_are_drawn_anew()
    {
        var (one, two) = (LockedKey.Lock(_keys, "correct horse battery staple"), LockedKey.Lock(_keys, "correct horse battery staple"));
        Assert.NotEqual(one.Salt, two.Salt);
        Assert.NotEqual(one.Box[..24], two.Box[..24]);
        byte[] Key() => SealedBox.OpenKey(SealedFile.Seal([1], _keys.Public).Key, _keys)!;
        Assert.NotEqual(Key(), Key());
        Assert.NotEqual(ReceiptKey.NewSalt(), ReceiptKey.NewSalt());
    }

    [Fact]
    public void A_file_cut_off_where_a_piece_ends_does_not_open()
    {
        // What is left would look like a whole file: its last byte is the mark at which padding begins.
        var file = new byte[200_000];
        file[65_535] = 0x80;
        var (content, key) = SealedFile.Seal(file, _keys.Public);
        Assert.Null(SealedFile.Open(content[..(25 + 65_536 + 17)], key, _keys));
        Assert.Null(SealedFile.Open(content[..25], key, _keys));
    }

    /// <summary>Whoever seals knows the key: a file that they end with nothing, or not at all, is none either.</summary>
    [Fact]
    public void A_file_ends_with_content()
    {
        byte[] key = [.. Enumerable.Range(0, Chunk.KeySize).Select(i => (byte)i)], padded = new byte[65_536];
        padded[10] = 0x80;
        byte[]? Open(params (byte[] Plain, Chunk.ChunkFlag Flag)[] pieces)
        {
            var header = new byte[Chunk.HeaderSize];
            using var stream = new Chunk(header, key, encryption: true);
            List<byte> content = [1, .. header];
            foreach (var (plain, flag) in pieces)
            {
                var piece = new byte[plain.Length + Chunk.TagSize];
                stream.EncryptChunk(piece, plain, flag);
                content.AddRange(piece);
            }

            return SealedFile.Open([.. content], SealedBox.SealKey(key, _keys.Public), _keys);
        }

        Assert.Equal(new byte[10], Open((padded, Chunk.ChunkFlag.Final)));
        Assert.Null(Open((padded, Chunk.ChunkFlag.Message), ([], Chunk.ChunkFlag.Final)));
        Assert.Null(Open((padded, Chunk.ChunkFlag.Message)));
    }

    [Fact]
    public void Doors_say_what_is_missing()
    {
        (string Name, Action Call)[] calls =
        [
            ("box", () => SealedBox.Open(null!, _keys)), ("keys", () => SealedBox.Open([1], null!)), ("box", () => SealedBox.OpenKey(null!, _keys)), ("keys", () => SealedBox.OpenKey([2], null!)),
            ("privateKey", () => KeyPair.FromPrivate(null!)), ("keys", () => LockedKey.Lock(null!, "x")), ("content", () => SealedFile.Open(null!, [], _keys)), ("people", () => Together.Seal([1], null!, 2)), ("receipt", () => ReceiptKey.Of(null!, new byte[ReceiptKey.SaltSize])),
        ];
        Assert.All(calls, c => Assert.Equal(c.Name, Assert.Throws<ArgumentNullException>(c.Call).ParamName));
        Assert.Null(SealedBox.OpenKey([], _keys));
        // No size is made up where a number can't hold it.
        Assert.Throws<OverflowException>(() => SealedBox.PaddedSize(int.MaxValue));
    }
}
