using Palermo.Knowledge;
using Palermo.Knowledge.Authoring;

// Called by the build of Palermo.Knowledge: data folder in; knowledge.bin, rules.json and compendium.json out.
var (catalogue, problems) = DataFolder.Load(args[0]);
var (documents, more) = DocumentFolder.Load(args[0]);
if (catalogue is not null && more.Count == 0)
{
    more = ClauseFolder.Check(args[0], catalogue.Tables, documents.Library.Measures, documents.Library.Facts);
}

foreach (var problem in problems.Concat(more))
{
    // MSBuild's own error format, so that an editor jumps to the row.
    Console.WriteLine($"{Path.Combine(args[0], problem.File)}({problem.Line}): error PALERMO: {problem.What} {problem.Mend}");
}

if (catalogue is null || more.Count > 0)
{
    return 1;
}

using var output = File.Create(args[1]);
CatalogueFile.Write(catalogue, output);
using var rules = File.Create(args[2]);
using var compendium = File.Create(args[3]);
documents.Write(rules, compendium);
return 0;
