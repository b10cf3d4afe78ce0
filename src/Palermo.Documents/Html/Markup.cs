using System.Text;
using System.Text.Encodings.Web;

namespace Palermo.Documents.Html;

/// <summary>HTML put together from pieces; text is always encoded.</summary>
public sealed class Markup
{
    private readonly StringBuilder _html = new();

    /// <summary>Adds HTML as it is: constants of this program only.</summary>
    public Markup Raw(string html)
    {
        _html.Append(html).Append('\n');
        return this;
    }

    /// <summary>Adds HTML whose holes are text: they are encoded.</summary>
    public Markup Add(FormattableString html)
    {
        _html.Append(Encode(html)).Append('\n');
        return this;
    }

    /// <summary>HTML whose holes are text, as a piece to put into another by <see cref="Raw"/>.</summary>
    public static string Encode(FormattableString html) => html.ToString(Encoding.Instance);

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();

    private sealed class Encoding : IFormatProvider, ICustomFormatter
    {
        public static Encoding Instance { get; } = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) =>
            HtmlEncoder.Default.Encode(arg is IFormattable formattable ? formattable.ToString(format, null) : arg?.ToString() ?? "");
    }
}
