using Palermo.Cli.Running;
using Palermo.Knowledge;
namespace Palermo.Cli.Report;
internal static class HtmlReport { public static void Write(Stream output, Catalogue catalogue, RunRecord record) { output.Write("todo"u8); } }
