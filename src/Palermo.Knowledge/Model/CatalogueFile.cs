using System.Text;

namespace Palermo.Knowledge;

/// <summary>The compiled form of data/: one table of texts, then each table as numbers into it, then the word lists ready for search.</summary>
internal static class CatalogueFile
{
    private static ReadOnlySpan<byte> Magic => "PALERMO5"u8;

    public static void Write(CompiledData data, Stream output)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new List<byte[]>();
        int Number(string text)
        {
            if (!numbers.TryGetValue(text, out var number))
            {
                number = texts.Count;
                numbers.Add(text, number);
                texts.Add(Encoding.UTF8.GetBytes(text));
            }

            return number;
        }

        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(data.Tables.Count);
            foreach (var table in data.Tables)
            {
                writer.Write(table.Name);
                writer.Write(table.Columns.Count);
                foreach (var column in table.Columns)
                {
                    writer.Write(column);
                }

                writer.Write(table.Count);
                for (var row = 0; row < table.Count; row++)
                {
                    foreach (var column in table.Columns)
                    {
                        writer.Write(Number(table[row, column]));
                    }
                }
            }
        }

        using var header = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        header.Write(Magic);
        header.Write(data.Edition);
        header.Write(texts.Count);
        foreach (var text in texts)
        {
            header.Write(text.Length);
        }

        foreach (var text in texts)
        {
            header.Write(text);
        }

        header.Write(body.ToArray());
        using var words = new MemoryStream();
        using var wordWriter = new BinaryWriter(words);
        new Catalogue(data).Words.Write(wordWriter);
        wordWriter.Flush();
        Arrays.Write<byte>(header, words.ToArray());
    }

    public static CompiledData Read(byte[] file)
    {
        if (!file.AsSpan().StartsWith(Magic))
        {
            throw new InvalidDataException("This is not a compiled data/ of this version of Palermo.");
        }

        using var stream = new MemoryStream(file, Magic.Length, file.Length - Magic.Length);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var edition = reader.ReadString();
        var offsets = new int[reader.ReadInt32() + 1];
        for (var i = 1; i < offsets.Length; i++)
        {
            offsets[i] = offsets[i - 1] + reader.ReadInt32();
        }

        var start = Magic.Length + (int)stream.Position;
        stream.Position += offsets[^1];
        var decoded = new string?[offsets.Length - 1];
        string Text(int number) => decoded[number] ??= Encoding.UTF8.GetString(file, start + offsets[number], offsets[number + 1] - offsets[number]);

        var tables = new List<DataTable>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var columns = new string[reader.ReadInt32()];
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = reader.ReadString();
            }

            var cells = new int[reader.ReadInt32() * columns.Length];
            stream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(cells.AsSpan()));
            tables.Add(new DataTable(name, columns, cells, Text));
        }

        return new CompiledData(edition, tables, Arrays.Read<byte>(reader));
    }
}
