using System.Globalization;
using System.Text.Json;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Json;

/// <summary>The problems of one file, gathered while it is read.</summary>
internal sealed class Problems(string file)
{
    public string File { get; } = file;

    public List<DataProblem> All { get; } = [];

    public void Add(int line, string what, string mend) => All.Add(new(File, line, what, mend));
}

/// <summary>Reads an object with a closed set of keys: a key that nobody asked for is a mistake, not a remark.</summary>
internal sealed class Shape
{
    private const int MostSlips = 3;
    private readonly Located _value;
    private readonly Problems _problems;
    private readonly string _what;
    private readonly List<string> _known = [];

    public Shape(Located value, string what, Problems problems)
    {
        (_value, _what, _problems) = (value, what, problems);
        if (value.Kind != JsonValueKind.Object)
        {
            problems.Add(value.Line, $"{what}: an object was expected, {value.Said} was found.", "Write { … }.");
        }
    }

    public int Line => _value.Line;

    /// <summary>The value of a key; null if it is missing or null.</summary>
    public Located? Find(string key)
    {
        _known.Add(key);
        foreach (var (name, _, value) in _value.Members)
        {
            if (name == key)
            {
                return value.Kind == JsonValueKind.Null ? null : value;
            }
        }

        return null;
    }

    public Located? Need(string key)
    {
        var found = Find(key);
        if (found is null)
        {
            _problems.Add(_value.Line, $"{_what}: \"{key}\" is missing.", $"Add \"{key}\".");
        }

        return found;
    }

    public string Text(string key) => Need(key) is { } value ? TextOf(value, key) : "";

    public string? OptionalText(string key) => Find(key) is { } value ? TextOf(value, key) : null;

    /// <summary>A text that must be one of some values.</summary>
    public string OneOf(string key, params ReadOnlySpan<string> allowed)
    {
        if (Need(key) is not { } value)
        {
            return "";
        }

        var text = TextOf(value, key);
        if (text.Length > 0 && !allowed.Contains(text))
        {
            _problems.Add(value.Line, $"{_what}: \"{key}\" is \"{text}\"; allowed are {string.Join(", ", allowed.ToArray())}.", "Use one of these.");
        }

        return text;
    }

    public DateOnly? Date(string key) => Find(key) is { } value ? DateOf(value, key) : null;

    public bool? Boolean(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            _problems.Add(value.Line, $"{_what}: \"{key}\" is {value.Said}; true or false was expected.", "Write true or false without quotes.");
            return null;
        }

        return value.Kind == JsonValueKind.True;
    }

    public decimal? Number(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value.Number is not { } number)
        {
            _problems.Add(value.Line, $"{_what}: \"{key}\" is {value.Said}; a number was expected.", "Write the number without quotes, blanks or thousands separators.");
            return null;
        }

        return number;
    }

    public List<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var element in List(key))
        {
            if (TextOf(element, key) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public List<Located> List(string key)
    {
        if (Find(key) is not { } value)
        {
            return [];
        }

        if (value.Kind != JsonValueKind.Array)
        {
            _problems.Add(value.Line, $"{_what}: \"{key}\" is {value.Said}; a list was expected.", "Write [ … ].");
            return [];
        }

        return value.Elements;
    }

    /// <summary>Reports every key that was not asked for. Call it last.</summary>
    public void Done()
    {
        foreach (var (key, line, _) in _value.Members)
        {
            if (!_known.Contains(key))
            {
                var nearest = _known.OrderBy(k => EditDistance.Of(k, key, MostSlips)).ThenBy(k => k, StringComparer.Ordinal).FirstOrDefault();
                var hint = nearest is not null && EditDistance.Of(nearest, key, MostSlips) <= MostSlips ? $"Did you mean \"{nearest}\"? " : "";
                _problems.Add(line, $"{_what}: the key \"{key}\" is not known.", $"{hint}Known are {string.Join(", ", _known)}.");
            }
        }
    }

    private string TextOf(Located value, string key)
    {
        if (value.Kind != JsonValueKind.String || value.Text.Length == 0)
        {
            _problems.Add(value.Line, $"{_what}: \"{key}\" is {(value.Text.Length == 0 && value.Kind == JsonValueKind.String ? "blank" : value.Said)}; a text was expected.", "Write a text in quotes, or leave the key out.");
            return "";
        }

        return value.Text;
    }

    private DateOnly? DateOf(Located value, string key)
    {
        if (DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        _problems.Add(value.Line, $"{_what}: \"{key}\" is {value.Said}; a date (YYYY-MM-DD) was expected.", "Write the date of a day that exists, or null if there is none.");
        return null;
    }
}
