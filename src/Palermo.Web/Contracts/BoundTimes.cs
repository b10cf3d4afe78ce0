using System.Globalization;
using Palermo.Knowledge;
using Palermo.Web.Pages;

namespace Palermo.Web.Contracts;

/// <summary>Times that rules set, in words.</summary>
internal static class BoundTimes
{
    /// <summary>Each with its measure, how long, and where it is written.</summary>
    public static string Say(PageContext c, string text)
    {
        ArgumentNullException.ThrowIfNull(c);
        var times = BoundTime.Read(text);
        return times.Count == 0 ? c["none"] : string.Join("; ", times.Select(t =>
        {
            var measure = c.Knowledge.Rules.Measures.Find(t.Measure);
            var unit = measure?.Parameters.FirstOrDefault(p => p.Name == t.Parameter)?.Unit ?? "";
            return $"{measure?.Title ?? t.Measure}: {t.Amount.ToString(CultureInfo.InvariantCulture)} {unit} ({t.Citation}; {t.Pack}, {t.Provision})";
        }));
    }
}
