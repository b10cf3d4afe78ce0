using Palermo.Documents.Packs;

namespace Palermo.Cli.Tender;

/// <summary>Writes a tender pack into a folder.</summary>
internal static class PackFolder
{
    /// <summary>Writes files; the folder is made if it is not there.</summary>
    /// <exception cref="UsageException">The folder can't be made, or a file can't be written.</exception>
    public static void Write(string folder, IReadOnlyList<PackFile> files)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--output {folder}: {e.Message} Name a folder.");
        }

        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            try
            {
                File.WriteAllBytes(path, file.Content);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"{path} can't be written: {e.Message}");
            }
        }
    }
}
