using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Output;

/// <summary>Words of machine-readable output: the same in JSON, tables, the command line and the API.</summary>
public static class Wording
{
    /// <summary>true, false, unknown.</summary>
    public static string Of(Truth truth) => truth switch { Truth.True => "true", Truth.False => "false", _ => "unknown" };

    /// <summary>must, must not, should, may.</summary>
    public static string Of(Strength strength) => strength switch { Strength.MustNot => "must not", Strength.Must => "must", Strength.Should => "should", _ => "may" };

    /// <summary>not-yet, adopted, in-force, ended, unknown.</summary>
    public static string Of(Standing standing) => standing switch { Knowledge.Compendium.Standing.InForce => "in-force", Knowledge.Compendium.Standing.Adopted => "adopted", Knowledge.Compendium.Standing.NotYet => "not-yet", Knowledge.Compendium.Standing.Ended => "ended", _ => "unknown" };

    /// <summary>The standing of a word.</summary>
    public static Standing Standing(string word) => Enum.GetValues<Standing>().First(s => Of(s) == word);
}
