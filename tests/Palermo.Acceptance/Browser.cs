using Microsoft.Playwright;

namespace Palermo.Acceptance;

/// <summary>Chromium of the machine, which asks nothing of anywhere by itself.</summary>
internal static class Browser
{
    private const float Patience = 30_000;

    public static Task<IBrowser> Launch(IPlaywright playwright)
    {
        // A machine that also sets documents in a word processor may take its time.
        Assertions.SetDefaultExpectTimeout(Patience);
        return playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program(), Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"] });
    }

    private static string Program() =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is not installed; ./test installs it.");
}
