using Palermo.Knowledge;
using Palermo.Knowledge.Authoring;

// Called by the build of Palermo.Knowledge: data folder in, knowledge.bin out.
var (catalogue, problems) = DataFolder.Load(args[0]);
foreach (var problem in problems)
{
    // MSBuild's own error format, so that an editor jumps to the row.
    Console.WriteLine($"{Path.Combine(args[0], problem.File)}({problem.Line}): error PALERMO: {problem.What} {problem.Mend}");
}

if (catalogue is null)
{
    return 1;
}

using var output = File.Create(args[1]);
CatalogueFile.Write(catalogue, output);
return 0;
