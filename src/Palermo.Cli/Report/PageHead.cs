using Palermo.Documents.Html;
namespace Palermo.Cli.Report;

/// <summary>The head of a page that stands alone: style within, no script, nothing fetched.</summary>
internal static class PageHead
{
    /// <summary>Writes everything up to the end of the head.</summary>
    /// <param name="html">The page.</param>
    /// <param name="title">Its title: a constant of this program.</param>
    public static void Write(Markup html, string title)
    {
        using var css = typeof(PageHead).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(css);
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><meta name=\"referrer\" content=\"no-referrer\">");
        html.Raw($"<title>{title}</title><style>");
        html.Raw(reader.ReadToEnd());
    }
}
