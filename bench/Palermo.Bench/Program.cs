using System.CommandLine;
using Palermo.Bench.Corpus;
using Palermo.Bench.Measuring;

var output = new Option<string>("--output", "-o") { Required = true, Description = "File to write." };
var size = new Option<int>("--megabytes") { Description = "Size of the corpus.", DefaultValueFactory = _ => 500 };
var seed = new Option<ulong>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
var rounds = new Option<int>("--rounds") { Description = "Interleaved rounds; medians are printed.", DefaultValueFactory = _ => 3 };
var form = new Option<string>("--form") { Description = "lines (JSON Lines) or package (one line).", DefaultValueFactory = _ => "lines" };
form.AcceptOnlyFromAmong("lines", "package");

var generate = new Command("generate", "Write a corpus of made-up compiled releases.") { output, size, seed, form };
generate.SetAction(p =>
{
    Action<string, long, ulong> write = p.GetValue(form) == "lines" ? CorpusFile.WriteLines : CorpusFile.WritePackage;
    write(p.GetValue(output)!, p.GetValue(size) * 1_000_000L, p.GetValue(seed));
});

var sample = new Command("sample", "Write the sample that is shipped: dotnet run -c Release --project bench/Palermo.Bench -- sample -o samples/procurement.jsonl") { output };
sample.SetAction(p => CorpusFile.WriteSample(p.GetValue(output)!));

var run = new Command("run", "Measure palermo screen beside two yardsticks, in one run on the same bytes.") { size, seed, rounds };
var file = new Option<string?>("--file") { Description = "Measure on this JSON Lines file instead of a made-up one." };
run.Options.Add(file);
run.SetAction(p => ScreenBench.Run(p.GetValue(file), p.GetValue(size) * 1_000_000L, p.GetValue(seed), p.GetValue(rounds)));

return new RootCommand("Measures Palermo.") { generate, sample, run }.Parse(args).Invoke();
