namespace Palermo.Procurement;

/// <summary>The open contracting id of a contracting process: never blank.</summary>
public readonly record struct Ocid
{
    private readonly string? _value;

    private Ocid(string value) => _value = value;

    /// <summary>The id as published.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An ocid that was never set.");

    /// <summary>Reads an id. False if the text is blank.</summary>
    public static bool TryParse(string? text, out Ocid ocid)
    {
        ocid = string.IsNullOrWhiteSpace(text) ? default : new Ocid(text);
        return ocid._value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
