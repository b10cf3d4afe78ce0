using Palermo.Web.Pages;

namespace Palermo.Web.Forms;

/// <summary>Countries to choose from, by their names in the language of the page.</summary>
internal static class Countries
{
    public static IEnumerable<(string Value, string Text)> Of(PageContext c) =>
        c.Knowledge.Catalogue.Countries.Keys.Select(k => (k, c.Words.Country(k))).OrderBy(k => k.Item2, StringComparer.Ordinal).Prepend(("", "–"));
}
