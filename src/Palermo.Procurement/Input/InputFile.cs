using System.IO.Enumeration;

namespace Palermo.Procurement.Input;

/// <summary>A file to read, or standard input.</summary>
/// <param name="Name">Name shown to people.</param>
/// <param name="Path">Path on disk.</param>
/// <param name="Named">True if the user named it; false if a folder or pattern led to it.</param>
/// <param name="IsSpool">True if the path is a temporary copy of standard input.</param>
internal sealed record InputFile(string Name, string Path, bool Named, bool IsSpool);

/// <summary>Turns what a user names (files, folders, patterns, <c>-</c>) into files, in one fixed order.</summary>
internal static class InputFiles
{
    public static List<InputFile> Expand(IEnumerable<string> inputs, ReadOptions options, List<ReadProblem> problems)
    {
        var files = new List<InputFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            try
            {
                Add(input, files, seen, options, problems);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(ProblemKind.Lost, input, 0, 0, "", $"It can't be read: {e.Message}", "Check that you may read it and all below it."));
            }
        }

        return files;
    }

    private static void Add(string input, List<InputFile> files, HashSet<string> seen, ReadOptions options, List<ReadProblem> problems)
    {
        if (input == "-")
        {
            files.Add(Spool(options));
        }
        else if (File.Exists(input))
        {
            AddFile(files, seen, input, named: true);
        }
        else if (Directory.Exists(input))
        {
            AddAll(files, seen, input, problems);
        }
        else if (input.AsSpan().ContainsAny('*', '?'))
        {
            AddPattern(files, seen, input, problems);
        }
        else
        {
            problems.Add(new(ProblemKind.Lost, input, 0, 0, "", "There is no such file or folder.", "Check the path; use - for standard input."));
        }
    }

    // The shell expands patterns too; this is for those quoted, and for ** .
    private static void AddPattern(List<InputFile> files, HashSet<string> seen, string input, List<ReadProblem> problems)
    {
        var star = input.AsSpan().IndexOfAny('*', '?');
        var slash = input.LastIndexOf('/', star);
        var folder = slash < 0 ? "." : slash == 0 ? "/" : input[..slash];
        var pattern = input[(slash + 1)..];
        if (!Directory.Exists(folder))
        {
            problems.Add(new(ProblemKind.Lost, input, 0, 0, "", $"There is no folder {folder}.", "Check the path."));
            return;
        }

        var before = files.Count;
        foreach (var file in Below(folder, recurse: pattern.Contains('/') || pattern.Contains("**")))
        {
            if (Matches(pattern, Path.GetRelativePath(folder, file).Replace('\\', '/')))
            {
                AddFile(files, seen, file, named: false);
            }
        }

        if (files.Count == before)
        {
            problems.Add(new(ProblemKind.Lost, input, 0, 0, "", "No file matches the pattern.", "Check the pattern; quote it so that the shell leaves it alone."));
        }
    }

    private static void AddAll(List<InputFile> files, HashSet<string> seen, string folder, List<ReadProblem> problems)
    {
        var before = files.Count;
        foreach (var file in Below(folder, recurse: true))
        {
            AddFile(files, seen, file, named: false);
        }

        if (files.Count == before)
        {
            problems.Add(new(ProblemKind.Lost, folder, 0, 0, "", "The folder is empty.", "Check the path."));
        }
    }

    // Linked files are read; linked folders are not entered, for they may lead back to where we are.
    private static IEnumerable<string> Below(string folder, bool recurse)
    {
        var all = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions { RecurseSubdirectories = recurse, IgnoreInaccessible = false, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        return all.Order(StringComparer.Ordinal);
    }

    // The same file named twice is read once.
    private static void AddFile(List<InputFile> files, HashSet<string> seen, string path, bool named)
    {
        if (seen.Add(Path.GetFullPath(path)))
        {
            files.Add(new InputFile(path, path, named, false));
        }
    }

    // Two passes are made over the input; what comes once through a pipe is kept on disk for the second.
    private static InputFile Spool(ReadOptions options)
    {
        var path = Path.Combine(Path.GetTempPath(), $"palermo-{Guid.NewGuid():N}.stdin");
        using var input = options.StandardInput();
        using var spool = File.Create(path);
        input.CopyTo(spool);
        return new InputFile(options.StandardInputName, path, true, true);
    }

    // * and ? stay within a folder, ** crosses folders.
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern.StartsWith("**"))
        {
            var rest = pattern[2..].TrimStart('/');
            for (var i = 0; i <= path.Length; i++)
            {
                if (Matches(rest, path[i..]))
                {
                    return true;
                }
            }

            return false;
        }

        if (pattern[0] == '*')
        {
            for (var i = 0; i <= path.Length; i++)
            {
                if (Matches(pattern[1..], path[i..]))
                {
                    return true;
                }

                if (i < path.Length && path[i] == '/')
                {
                    return false;
                }
            }

            return false;
        }

        return !path.IsEmpty && (pattern[0] == path[0] || (pattern[0] == '?' && path[0] != '/')) && Matches(pattern[1..], path[1..]);
    }
}
