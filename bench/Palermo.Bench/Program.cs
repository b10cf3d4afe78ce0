using System.CommandLine;
using Palermo.Bench.Corpus;
using Palermo.Bench.Matching;
using Palermo.Bench.Measuring;
using Palermo.Bench.Proof;
using Palermo.Bench.Rules;
using Palermo.Bench.Web;

// Proofs of the casework (docs/guarantees.md). The first is the writer, which the others start.
Func<Task<int>>? proof = args switch
{
    ["casework", var store] => () => WriterProcess.Work(store),
    ["kill", .. var rest] => () => KillLoop.Run(new ProofOptions(rest)),
    ["full-disk", .. var rest] => () => FullDisk.Run(new ProofOptions(rest)),
    ["clock-jumps", .. var rest] => () => ClockJumps.Run(new ProofOptions(rest)),
    ["report-load", .. var rest] => () => ReportLoad.Run(new ProofOptions(rest)),
    ["receipt-timing", .. var rest] => () => ReceiptTiming.Run(new ProofOptions(rest)),
    ["restore-drill", .. var rest] => () => RestoreDrill.Run(new ProofOptions(rest)),
    _ => null,
};
if (proof is not null)
{
    return await proof();
}

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
var withRules = new Option<bool>("--with-rules") { Description = "Screen with --rules too, round by round beside without." };
run.Options.Add(withRules);
run.SetAction(p => ScreenBench.Run(p.GetValue(file), p.GetValue(size) * 1_000_000L, p.GetValue(seed), p.GetValue(rounds), p.GetValue(withRules)));

var pairs = new Option<string>("--pairs") { Required = true, Description = "Labelled pairs (JSON Lines)." };
var all = new Option<bool>("--all") { Description = "Fit on the held-out half too." };
var wrong = new Option<string?>("--wrong") { Description = "Show the pairs of this data set that are judged wrongly (of the half that is not held out)." };
var fit = new Command("fit", "Fit data/names/weights.csv.") { pairs, output, all };
var mined = new Option<string?>("--list") { Description = "Folder of the retrieval benchmark, for negatives as a search meets them." };
fit.Options.Add(mined);
fit.SetAction(p => Fitting.Run(p.GetValue(pairs)!, p.GetValue(mined), p.GetValue(output)!, p.GetValue(all)));
var pairBench = new Command("pairs", "Accuracy on labelled pairs.") { pairs, wrong };
pairBench.SetAction(p => PairBench.Run(p.GetValue(pairs)!, p.GetValue(wrong)));
var folder = new Option<string>("--folder") { Required = true, Description = "Folder with sdn.csv, alt.csv and queries-development.jsonl." };
var missed = new Option<string?>("--missed") { Description = "Show the queries of this kind whose answer does not come first." };
var searchBench = new Command("search", "Recall and speed of searches over a list.") { folder, missed };
searchBench.SetAction(p => SearchBench.Run(p.GetValue(folder)!, p.GetValue(missed)));
var names = new Option<int>("--names") { Description = "Names in the list.", DefaultValueFactory = _ => 1_000_000 };
var suppliers = new Option<int>("--suppliers") { Description = "Suppliers to look up.", DefaultValueFactory = _ => 1_000_000 };
var scaleBench = new Command("scale", "Suppliers against a list of a million names, and changed entries against millions of suppliers.") { folder, names, suppliers };
scaleBench.SetAction(p => ScaleBench.Run(p.GetValue(folder)!, p.GetValue(names), p.GetValue(suppliers), Environment.ProcessorCount));
var cultureBench = new Command("cultures", "False alerts by culture of name.") { folder };
cultureBench.SetAction(p => CultureBench.Run(p.GetValue(folder)!));
var speedBench = new Command("speed", "Pairs a second.") { pairs };
speedBench.SetAction(p => PairSpeed.Run(p.GetValue(pairs)!));
var match = new Command("match", "Measure and fit the matching of names.") { fit, pairBench, searchBench, scaleBench, speedBench, cultureBench };

var data = new Option<string>("--data") { Description = "Folder data/.", DefaultValueFactory = _ => "data" };
var processes = new Option<string?>("--file") { Description = "Published processes; the parts of judging each are measured." };
var url = new Option<string>("--url") { Description = "Where the workspace listens; start it with --heavy-per-minute 0.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
var rate = new Option<int>("--rate") { Description = "Reads a second.", DefaultValueFactory = _ => 1000 };
var seconds = new Option<int>("--seconds") { Description = "Seconds of each.", DefaultValueFactory = _ => 20 };
var findings = new Option<string>("--findings") { Required = true, Description = "Findings as Parquet: palermo screen … --format parquet." };
var times = new Option<int>("--times") { Description = "How many times over.", DefaultValueFactory = _ => 1 };
var portfolio = new Command("portfolio", "Filters of the portfolio on many processes.") { findings, times, rounds };
portfolio.SetAction(p => PortfolioBench.Run(p.GetValue(findings)!, p.GetValue(times), p.GetValue(rounds)));
var load = new Command("load", "Load on a workspace at a fixed rate.") { url, rate, seconds };
load.SetAction(p => LoadBench.Run(p.GetValue(url)!, p.GetValue(rate), p.GetValue(seconds)));

var rules = new Command("rules", "Time of judging all regimes for one tender.") { data, processes };
rules.SetAction(p =>
{
    if (p.GetValue(processes) is { } published)
    {
        RulesBench.Processes(published);
    }
    else
    {
        RulesBench.Run(p.GetValue(data)!);
    }
});

return new RootCommand("Measures Palermo.") { generate, sample, run, match, rules, load, portfolio }.Parse(args).Invoke();
