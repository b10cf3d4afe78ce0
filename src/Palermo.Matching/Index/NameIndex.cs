using System.Text;
using Palermo.Matching.Names;

namespace Palermo.Matching.Index;

/// <summary>An opened index: immutable, shared by any number of searchers.</summary>
internal sealed class NameIndex : IDisposable
{
    private readonly Image _image;

    private NameIndex(Image image) => _image = image;

    public int NameCount => _image.Get<NameRecord>(Section.Names).Length;

    public int EntityCount => _image.Get<int>(Section.EntityStarts).Length - 1;

    public ReadOnlySpan<byte> About => _image.Get<byte>(Section.About);

    /// <summary>Opens an index file without reading it through.</summary>
    /// <exception cref="InvalidDataException">It is no index, of another version, or cut off.</exception>
    public static NameIndex Open(string path) => new(Image.Open(path));

    public static NameIndex Over(byte[] bytes) => new(Image.Over(bytes));

    public ReadOnlySpan<T> Get<T>(Section section)
        where T : unmanaged => _image.Get<T>(section);

    public string NameText(int name)
    {
        var record = Get<NameRecord>(Section.Names)[name];
        return Encoding.UTF8.GetString(Get<byte>(Section.NameTexts).Slice(record.TextStart, record.TextLength));
    }

    public ReadOnlySpan<byte> Entity(int entity)
    {
        var starts = Get<int>(Section.EntityStarts);
        return Get<byte>(Section.EntityBytes)[starts[entity]..starts[entity + 1]];
    }

    /// <summary>Puts a listed name into a form, as if it had been analyzed just now.</summary>
    public void Load(int name, NameForm form)
    {
        form.Clear();
        var starts = Get<int>(Section.NameStarts);
        var words = Get<int>(Section.NameWords);
        var vocabulary = Get<Token>(Section.Vocabulary);
        var spellings = Get<byte>(Section.Spellings);
        for (var k = starts[name]; k < starts[name + 1]; k++)
        {
            ref readonly var token = ref vocabulary[words[k]];
            form.Add(token, spellings.Slice(token.Offset, token.TextLength + token.NormalLength));
        }

        ref readonly var record = ref Get<NameRecord>(Section.Names)[name];
        form.Legal = (LegalForm)record.Legal;
        form.LooksLikeOrganization = (record.Looks & 1) != 0;
        form.LooksLikePerson = (record.Looks & 2) != 0;
    }

    public void Dispose() => _image.Dispose();
}
