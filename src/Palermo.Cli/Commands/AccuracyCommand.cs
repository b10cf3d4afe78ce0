using System.CommandLine;
using Palermo.Identify.Accuracy;
using Palermo.Knowledge;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo check accuracy</c>: precision and recall on labelled items.</summary>
internal static class AccuracyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Labelled items: CSV with the columns id, source, lang, text, mainProcurementCategory, scheme, code, goods, sectors, mayGoods, maySectors." };
        var command = new Command("accuracy", """
            Measure how well goods and sectors are recognised: precision and recall per language on items that people labelled. Writes Markdown.
              Example: palermo check accuracy tests/Palermo.Identify.Tests/Accuracy/items.csv
            """)
        {
            file,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!));
        return command;
    }

    private static int Run(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        try
        {
            using var text = new StreamReader(file);
            var items = LabelledItem.Read(text, Catalogue.Default);
            Console.Out.Write(AccuracyReport.Write(items, [AccuracyMeasure.Of(items, Catalogue.Default, Shown.Words), AccuracyMeasure.Of(items, Catalogue.Default, Shown.AsPublished)]));
            return ExitCode.Success;
        }
        catch (Exception e) when (e is InvalidDataException or Sylvan.Data.Csv.CsvFormatException)
        {
            Console.Error.WriteLine($"palermo: {file}: {e.Message}");
            return ExitCode.BadInput;
        }
    }
}
