using System.CommandLine;
using System.Diagnostics;
using Palermo.Fuzz;

// Fuzzing by mutation: whole inputs, broken in many ways, read through the public doors. A finding is an exception that
// is not announced, or output that is not what it says; its input is kept, and belongs into a test.
var reader = new Argument<string>("reader") { Description = string.Join(", ", Target.Names) };
reader.AcceptOnlyFromAmong([.. Target.Names]);
var seeds = new Argument<string[]>("seeds") { Description = "Files and folders of whole inputs.", Arity = ArgumentArity.OneOrMore };
var count = new Option<long>("--count") { Description = "Inputs to try.", DefaultValueFactory = _ => 1_000_000 };
var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount };
var start = new Option<int>("--seed") { Description = "Seed of the random numbers.", DefaultValueFactory = _ => 1 };
var findings = new Option<string>("--findings") { Description = "Folder for inputs that found something.", DefaultValueFactory = _ => "artifacts/fuzz" };
var command = new RootCommand("Fuzzes a reader.") { reader, seeds, count, threads, start, findings };
command.SetAction(parsed => Run(parsed.GetValue(reader)!, parsed.GetValue(seeds)!, parsed.GetValue(count), parsed.GetValue(threads), parsed.GetValue(start), parsed.GetValue(findings)!));
return command.Parse(args).Invoke();

static int Run(string name, string[] seeds, long count, int threads, int seed, string findings)
{
    const int LargestSeed = 12 << 10;
    const int LargestWhole = 40 << 10;
    const int SlowSeconds = 5;
    var files = seeds.SelectMany(s => Directory.Exists(s) ? Directory.EnumerateFiles(s, "*", SearchOption.AllDirectories) : [s]).Order(StringComparer.Ordinal).ToList();
    var whole = files.Select(File.ReadAllBytes).Where(b => b.Length is > 0 and < LargestWhole).ToList();
    var inputs = files.Select(File.ReadAllBytes).Where(b => b.Length > 0).Select(b => b.Length > LargestSeed ? b[..LargestSeed] : b).ToList();
    var watch = Stopwatch.StartNew();
    var (done, found, told) = (0L, 0, 0L);
    var kinds = new HashSet<string>();
    var workers = Enumerable.Range(0, threads).Select(t => new Thread(() =>
    {
        var folder = Directory.CreateTempSubdirectory("palermo-fuzz-").FullName;
        var target = Target.Create(name, folder);
        var mutator = new Mutator(inputs, seed + t);
        var structured = new StructuredMutator(whole, seed + t);
        var random = new Random(seed + t);
        while (Interlocked.Increment(ref done) <= count)
        {
            // Half of the inputs keep their syntax, where they have one.
            var input = Target.Wrap(name, structured.HasAny && random.Next(2) == 0 ? structured.Next() : mutator.Next(), random);
            var began = watch.Elapsed;
            if (done - Interlocked.Read(ref told) > count / 10)
            {
                Interlocked.Exchange(ref told, done);
                Console.WriteLine($"{name}: {done:N0} in {began.TotalSeconds:N0} s");
            }

            string? what = null;
            try
            {
                target.Try(input);
                what = (watch.Elapsed - began).TotalSeconds > SlowSeconds ? "slow" : null;
            }
#pragma warning disable CA1031 // Any exception is a finding.
            catch (Exception e)
#pragma warning restore CA1031
            {
                what = $"{e.GetType().Name}: {e.Message.Split('\n')[0]} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Palermo", StringComparison.Ordinal))?.Trim()}";
            }

            if (what is not null)
            {
                lock (kinds)
                {
                    found++;
                    if (kinds.Add(System.Text.RegularExpressions.Regex.Replace(what, "[0-9]+|\"[^\"]*\"|'[^']*'", "")))
                    {
                        Directory.CreateDirectory(findings);
                        var path = Path.Combine(findings, $"{name}-{seed}-{kinds.Count}");
                        File.WriteAllBytes(path, input);
                        Console.WriteLine($"{path}: {what}");
                    }
                }
            }
        }

        Directory.Delete(folder, recursive: true);
    }, 16 << 20)).ToList();
    workers.ForEach(w => w.Start());
    workers.ForEach(w => w.Join());
    Console.WriteLine($"{name}: {count:N0} inputs from {inputs.Count} seeds in {watch.Elapsed.TotalSeconds:N0} s, {found} findings of {kinds.Count} kinds");
    return found > 0 ? 1 : 0;
}
