using Palermo.Bench.Corpus;

namespace Palermo.Bench.Measuring;

/// <summary>The whole command with all indicators and JSON Lines written, beside the yardsticks, round by round.</summary>
internal static class ScreenBench
{
    public static void Run(string? file, long bytes, ulong seed, int rounds, bool withRules)
    {
        var folder = Directory.CreateTempSubdirectory("palermo-bench-").FullName;
        try
        {
            var corpus = file ?? Path.Combine(folder, "corpus.jsonl");
            if (file is null)
            {
                CorpusFile.WriteLines(corpus, bytes, seed);
            }

            var megabytes = new FileInfo(corpus).Length / 1e6;
            var processes = File.ReadLines(corpus).Count();
            var program = Publish(folder);
            var results = Path.Combine(folder, "results.jsonl");
            var compiled = Path.Combine(folder, "compiled.jsonl");
            Console.WriteLine($"{megabytes:N0} MB, {processes:N0} compiled releases, seed {seed}, {Environment.ProcessorCount} cores, {rounds} rounds, .NET {Environment.Version}");
            Yardsticks.Read(corpus); // into the page cache
            Yardsticks.Walk(corpus, 2); // the yardstick's code compiled

            var rows = new List<(double Read, double Walk, double Screen, double Peak, double Compile, double Rules)>();
            for (var round = 0; round < rounds; round++)
            {
                var read = Yardsticks.Read(corpus);
                var walk = Yardsticks.Walk(corpus, 2);
                File.Delete(compiled);
                // Before compile: what that leaves to be written to disk would slow it. What the first of the two leaves slows the second: they take turns.
                var rulesFirst = withRules && round % 2 == 1 ? Screen("--rules").Seconds : 0;
                var (screen, peak) = Screen();
                var ruled = withRules && round % 2 == 0 ? Screen("--rules").Seconds : rulesFirst;
                var (compile, _) = CommandRun.Run(program, "compile", corpus, "--output", compiled, "--threads", "2", "--quiet");
                rows.Add((read, walk, screen, peak, compile, ruled));
            }

            Row("reading the bytes", rows.Select(r => r.Read));
            Row("plain walk, 2 threads", rows.Select(r => r.Walk));
            Row("palermo screen", rows.Select(r => r.Screen));
            if (withRules)
            {
                Row("palermo screen --rules", rows.Select(r => r.Rules));
                Console.WriteLine($"rules add {Median(rows.Select(r => (r.Rules / r.Screen) - 1)) * 100:0.0} % to a run (median of the rounds)");
            }

            Row("palermo compile", rows.Select(r => r.Compile));
            Console.WriteLine($"screen / plain walk: {Median(rows.Select(r => r.Walk / r.Screen)):F2}; {processes / Median(rows.Select(r => r.Screen)):N0} processes/s; peak memory {rows.Max(r => r.Peak):N0} MB; results {new FileInfo(results).Length / 1e6:N0} MB");

            (double Seconds, double Peak) Screen(params string[] more)
            {
                File.Delete(results); // a file that is there already costs the time to empty it
                return CommandRun.Run(program, ["screen", corpus, .. more, "--format", "jsonl", "--output", results, "--threads", "2", "--quiet"]);
            }

            void Row(string name, IEnumerable<double> seconds)
            {
                var sorted = seconds.Order().ToArray();
                Console.WriteLine($"{name,-24} {megabytes / Median(sorted),7:N0} MB/s  (worst {megabytes / sorted[^1]:N0}, best {megabytes / sorted[0]:N0})");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // As a user installs it: the native binary where a C linker is at hand, else compiled ahead for the runtime.
    private static string Publish(string folder)
    {
        var target = Path.Combine(folder, "program");
        var native = File.Exists("/usr/bin/clang") || File.Exists("/usr/bin/gcc") || OperatingSystem.IsWindows();
        string[] form = native ? ["-p:PublishAot=true"] : ["--no-self-contained", "-p:PublishReadyToRun=true"];
        using var publish = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", ["publish", Path.Combine(Root(), "src", "Palermo.Cli"), "-c", "Release", "-r", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, .. form, "-v", "quiet", "--nologo", "-o", target]) { RedirectStandardOutput = true })!;
        var output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        Console.WriteLine(native ? "the native binary (PublishAot)" : "the program for the .NET runtime (PublishReadyToRun); no C linker was found for the native binary");
        return publish.ExitCode == 0 ? Path.Combine(target, native ? OperatingSystem.IsWindows() ? "palermo.exe" : "palermo" : "palermo.dll") : throw new InvalidOperationException(output);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run it from within the repository.");
        }

        return folder.FullName;
    }
}
