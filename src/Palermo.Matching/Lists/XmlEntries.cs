using System.Xml;
using System.Xml.Linq;

namespace Palermo.Matching.Lists;

/// <summary>The entries of a large XML list, one at a time; names without regard to namespaces, which publishers change.</summary>
internal static class XmlEntries
{
    public static IEnumerable<XElement> Read(string path, IReadOnlySet<string> names, string expected)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreWhitespace = true });
        var found = false;
        while (true)
        {
            XElement? entry = null;
            try
            {
                while (!(reader.NodeType == XmlNodeType.Element && names.Contains(reader.LocalName)))
                {
                    if (!reader.Read())
                    {
                        if (!found)
                        {
                            throw new InvalidDataException($"It has no element {string.Join(" or ", names)}: it is not {expected}.");
                        }

                        yield break;
                    }
                }

                entry = (XElement)XNode.ReadFrom(reader);
                found = true;
            }
            catch (XmlException e)
            {
                throw new InvalidDataException($"Line {e.LineNumber}: the XML is broken: {e.Message} Fetch the file again.", e);
            }

            yield return Plain(entry);
        }
    }

    private static XElement Plain(XElement element) =>
        new(element.Name.LocalName, element.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(a => new XAttribute(a.Name.LocalName, a.Value)), element.Nodes().Select(n => n is XElement e ? Plain(e) : n));

    public static string Value(this XElement element, string name) => element.Element(name)?.Value.Trim() ?? "";

    public static string Attr(this XElement element, string name) => element.Attribute(name)?.Value.Trim() ?? "";
}
