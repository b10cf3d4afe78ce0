using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Clauses;

/// <summary>Reads the texts of one file: plain text with headings, so that a lawyer can edit it.</summary>
internal static class ClauseTextReader
{
    /// <summary>Reads a file. What stands before the first <c>##</c> is for the one who edits.</summary>
    public static List<ClauseText> Read(string content, Problems problems)
    {
        var texts = new List<ClauseText>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        (string Id, string Title, int Line)? head = null;
        var sections = new Dictionary<string, List<TextPart>>(StringComparer.Ordinal);
        var section = "";
        var open = false; // the last line belongs to a paragraph that may go on
        var number = 0;

        void Close()
        {
            if (head is { } h)
            {
                IReadOnlyList<TextPart> Of(string name) => sections.TryGetValue(name, out var parts) ? parts : [];
                if (Of("").Count == 0)
                {
                    problems.Add(h.Line, $"{h.Id} has a title and no text.", "Write at least one paragraph below it.");
                }

                texts.Add(new ClauseText(h.Id, h.Title, Of(""), Of("buyer"), Of("light"), problems.File, h.Line));
            }

            sections.Clear();
            section = "";
        }

        foreach (var raw in content.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                Close();
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                var id = colon < 0 ? line[3..].Trim() : line[3..colon].Trim();
                var title = colon < 0 ? "" : line[(colon + 1)..].Trim();
                if (title.Length == 0 || id.Length == 0 || id.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')))
                {
                    problems.Add(number, $"\"{line}\" is no heading of a text.", "Write ## id: Title, the id in small letters, digits, dots and hyphens.");
                }

                if (!seen.Add(id))
                {
                    problems.Add(number, $"The text {id} is there already.", "Remove one of them.");
                }

                head = (id, title, number);
                open = false;
            }
            else if (head is null)
            {
                continue;
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                section = line[4..].Trim();
                if (section is not ("buyer" or "light"))
                {
                    problems.Add(number, $"\"{line}\" opens no section of a text.", "Sections are ### buyer and ### light.");
                }

                open = false;
            }
            else if (line.Length == 0)
            {
                open = false;
            }
            else
            {
                var parts = sections.TryGetValue(section, out var there) ? there : sections[section] = [];
                if (line.StartsWith("- ", StringComparison.Ordinal))
                {
                    parts.Add(new TextPart(true, line[2..].Trim()));
                    open = true;
                }
                else if (open && parts.Count > 0)
                {
                    parts[^1] = parts[^1] with { Text = parts[^1].Text + " " + line };
                }
                else
                {
                    parts.Add(new TextPart(false, line));
                    open = true;
                }
            }
        }

        Close();
        return texts;
    }
}
