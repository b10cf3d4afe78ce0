using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>The sample that is shipped within the program: made-up buyers and suppliers, realistic tenders.</summary>
internal static class Sample
{
    public const string Name = "the shipped sample (samples/procurement.jsonl)";

    /// <summary>Reading options by which <c>-</c> stands for the sample.</summary>
    public static ReadOptions AsStandardInput(ReadOptions options) => options with
    {
        StandardInputName = Name,
        StandardInput = () => typeof(Sample).Assembly.GetManifestResourceStream("sample.jsonl")!,
    };
}
