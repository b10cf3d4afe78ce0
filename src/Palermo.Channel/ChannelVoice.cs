namespace Palermo.Channel;

/// <summary>Voices: prompts of pages, and digits, so that a receipt can be heard. Made by <c>eng/voice/make</c>; a language without stays silent.</summary>
internal static class ChannelVoice
{
    private static readonly HashSet<string> s_names = [.. typeof(ChannelVoice).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("channel/voice/", StringComparison.Ordinal)).Select(n => n["channel/".Length..])];

    /// <summary>Whether a prompt is there.</summary>
    public static bool Has(string language, string name) => s_names.Contains($"voice/{language}-{name}.mp3");

    /// <summary>Its address.</summary>
    public static string Address(string language, string name) => ChannelFiles.Address($"voice/{language}-{name}.mp3");

    /// <summary>Digits one after the other, as base64 of MP3 (frames stand alone, so pieces can be joined); null if there is no voice. In the page itself: an address would tell the number.</summary>
    public static string? Say(string language, string digits)
    {
        if (!s_names.Contains($"voice/{language}-0.mp3"))
        {
            return null;
        }

        using var sound = new MemoryStream();
        foreach (var digit in digits.Where(char.IsAsciiDigit))
        {
            using var stream = typeof(ChannelVoice).Assembly.GetManifestResourceStream($"channel/voice/{language}-{digit}.mp3")!;
            stream.CopyTo(sound);
        }

        return Convert.ToBase64String(sound.ToArray());
    }
}
