using System.Net;
using System.Text;

namespace Palermo.Acceptance.Web;

/// <summary>What a reporter is, writes and brings lies nowhere in the clear: every byte that the system leaves is looked at.</summary>
public sealed class CanaryTests
{
    private const string Agent = "CanaryAgent-71c2", Address = "203.0.113.77", Cookie = "canarycookie-5e1f", Words = "canarywords-93ab", FileName = "canaryfile-22dd.txt", FileWords = "canarycontent-0b77", Identity = "canaryidentity-e9f0", Reply = "canaryreply-4c4c", Passphrase = Grievances.Passphrase, Language = "canary-language";

    [Fact]
    public async Task No_byte_of_a_reporter_lies_anywhere_in_the_clear()
    {
        await using var g = await Grievances.Start("--posts-per-minute", "1000", "--proxy", "127.0.0.1");
        using var content = new MultipartFormDataContent { { new StringContent(Words), "what" }, { new StringContent(Identity), "identity" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(FileWords)), "files", FileName } };
        async Task<(HttpResponseMessage, AngleSharp.Html.Dom.IHtmlDocument)> Send(string path, HttpContent body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path + "?q=" + Words) { Content = body };
            request.Headers.TryAddWithoutValidation("User-Agent", Agent);
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", Address);
            request.Headers.TryAddWithoutValidation("Cookie", $"c={Cookie}");
            request.Headers.TryAddWithoutValidation("Accept-Language", Language);
            request.Headers.TryAddWithoutValidation("Referer", $"https://example.org/{Words}");
            var answer = await g.Channel.Client.SendAsync(request);
            return (answer, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
        }

        var (told, receiptPage) = await Send("/en/tell", content);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        Assert.False(told.Headers.Contains("Set-Cookie"));
        var receipt = ChannelServer.ReceiptOn(receiptPage);
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        using (await g.Mira.Post(@case, @case + "/messages", ("text", Reply), ("to", "reporter")))
        using (await Grievances.WriteDown(g.Mira, @case, "triaged", "possible", Words))
        {
        }

        var (_, back) = await Send("/en/case", new FormUrlEncodedContent([KeyValuePair.Create("receipt", receipt)]));
        Assert.Contains(Reply, back.Body!.TextContent, StringComparison.Ordinal);
        // What is broken is not written down either.
        await Send("/en/case", new FormUrlEncodedContent([KeyValuePair.Create("receipt", Words)]));
        await Send("/en/tell", new StringContent(Words, Encoding.UTF8, "application/json"));
        await Send("/en/tell", new FormUrlEncodedContent([KeyValuePair.Create("sealed", "{\"publicKey\":\"" + Words), KeyValuePair.Create("ticket", Words)]));
        using (await g.Ada.Post("/en/administration", "/en/administration/backups"))
        {
        }

        var backup = Assert.Single(Directory.GetFiles(Path.Combine(g.Server.Data, "backups")));
        Assert.True(new FileInfo(backup).Length > 0);
        var digits = receipt.Replace(" ", "", StringComparison.Ordinal);
        string[] markers = [Agent, Address, Cookie, Words, FileName, FileWords, Identity, Reply, Passphrase, Language, receipt, digits, digits[6..22]];
        var files = Directory.EnumerateFiles(g.Server.Data, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, f => f.EndsWith("workspace.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Look(file, await ReadShared(file), markers);
        }

        // Temporary files of both programs, their logs, and what is left of them in the temporary folder.
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), "palermo-*").Concat(Directory.EnumerateFiles(Path.GetTempPath(), "ASPNETCORE_*")))
        {
            Look(file, await ReadShared(file), markers);
        }

        Look("log of the channel", Encoding.UTF8.GetBytes(g.Channel.Log), markers);
        Look("log of the workspace", Encoding.UTF8.GetBytes(g.Server.Log), markers);
        // The scan itself can see: what is in the clear by right is found.
        Assert.Contains(files, f => Holds(ReadShared(f).Result, "Independent office"));
    }

    private static async Task<byte[]> ReadShared(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    private static void Look(string where, byte[] content, string[] markers)
    {
        foreach (var marker in markers)
        {
            Assert.False(Holds(content, marker), $"{where} holds {marker}");
        }
    }

    private static bool Holds(byte[] content, string marker) =>
        content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0 || content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(marker)) >= 0 || content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(marker))[..(marker.Length / 3 * 4)])) >= 0;
}
