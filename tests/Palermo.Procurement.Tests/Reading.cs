using System.Text;
using Palermo.Procurement.Merging;

namespace Palermo.Procurement.Tests;

/// <summary>Reads texts as the program reads files, through the public door.</summary>
internal sealed class Reading : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-read-").FullName;

    public string Folder => _folder;

    public string File(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = System.IO.File.Create(path);
        file.Write(content);
        return path;
    }

    public string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public (List<string> Processes, List<ReadProblem> Problems) Read(params string[] inputs) => Read(new ReadOptions(), p => p.Ocid.Value, inputs);

    public (List<T> Processes, List<ReadProblem> Problems) Read<T>(ReadOptions options, Func<ContractingProcess, T> view, params string[] inputs)
    {
        var processes = new List<T>();
        var problems = new List<ReadProblem>();
        using var source = new ProcessSource(inputs.Length == 0 ? [_folder] : inputs, options);
        source.Index(CancellationToken.None);
        var reader = new BatchReader();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                reader.Read(batch, (p, _) => processes.Add(view(p)), problems.Add);
            }
        }

        return (processes, problems);
    }

    public static (List<string> Releases, List<ReadProblem> Problems) Compile(bool versioned, MergeRules? rules, params string[] inputs)
    {
        var releases = new List<string>();
        var problems = new List<ReadProblem>();
        using var source = new ProcessSource(inputs, new ReadOptions());
        source.Index(CancellationToken.None);
        var reader = new BatchReader();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                reader.Compile(batch, versioned, rules, r => releases.Add(Encoding.UTF8.GetString(r.Span)), problems.Add);
            }
        }

        return (releases, problems);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
