using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Palermo.Fuzz;

/// <summary>Changes values and structure but keeps the syntax: what a parser lets through, and whoever reads behind it must bear.</summary>
internal sealed class StructuredMutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private static readonly string[] s_texts = ["", " ", "x", "0", "-1", "1e308", "99999999999999999999999", "true", "null", "2025-02-30", "2025-01-01", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00Z", "EUR", "XXX", "LOT-0001", "ORG-0001", "RES-0001", "33141420", "45000000-7", "CPV", "compiled", "awardUpdate", "human-traffic", "eforms-sdk-1.3", "eforms-sdk-1.99", "é棉😀", "\u0000", "=1", new('y', 3000), "$.tender", "../..", "<a>", "\"", "\\"];
    private readonly List<JsonNode> _json = [.. seeds.Select(ParseJson).OfType<JsonNode>()];
    private readonly List<XDocument> _xml = [.. seeds.Select(ParseXml).OfType<XDocument>()];
    private readonly Random _random = new(seed);

    public bool HasAny => _json.Count + _xml.Count > 0;

    public byte[] Next() => _xml.Count > 0 ? Xml() : Json();

    private static JsonNode? ParseJson(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null; // a seed that is broken on purpose
        }
    }

    private static XDocument? ParseXml(byte[] bytes)
    {
        try
        {
            return bytes.AsSpan().TrimStart("\uFEFF \r\n"u8) is [(byte)'<', ..] ? XDocument.Load(new MemoryStream(bytes)) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private byte[] Json()
    {
        var root = _json[_random.Next(_json.Count)].DeepClone();
        for (var times = 1 + _random.Next(4); times > 0; times--)
        {
            var at = root;
            while (Child(at) is { } child && _random.Next(5) > 0)
            {
                at = child;
            }

            if (at.Parent is JsonObject parent)
            {
                var name = at.GetPropertyName();
                switch (_random.Next(4))
                {
                    case 0:
                        parent.Remove(name);
                        break;
                    case 1:
                        parent[s_texts[_random.Next(s_texts.Length)]] = at.DeepClone();
                        break;
                    default:
                        parent[name] = Value();
                        break;
                }
            }
            else if (at.Parent is JsonArray array)
            {
                var index = at.GetElementIndex();
                if (_random.Next(3) == 0)
                {
                    array.Insert(index, at.DeepClone());
                }
                else
                {
                    array[index] = Value();
                }
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private JsonNode? Child(JsonNode node) => node switch
    {
        JsonObject { Count: > 0 } o => o.ElementAt(_random.Next(o.Count)).Value,
        JsonArray { Count: > 0 } a => a[_random.Next(a.Count)],
        _ => null,
    };

    private JsonNode? Value() => _random.Next(8) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(2) == 0),
        2 => JsonValue.Create(_random.NextDouble() * Math.Pow(10, _random.Next(-30, 30))),
        3 => new JsonObject(),
        4 => new JsonArray(),
        5 => new JsonArray(JsonValue.Create(s_texts[_random.Next(s_texts.Length)]), new JsonObject { ["id"] = 1 }, null),
        6 => new JsonObject { ["id"] = s_texts[_random.Next(s_texts.Length)], ["ocid"] = s_texts[_random.Next(s_texts.Length)] },
        _ => JsonValue.Create(s_texts[_random.Next(s_texts.Length)]),
    };

    private byte[] Xml()
    {
        var document = new XDocument(_xml[_random.Next(_xml.Count)]);
        var elements = document.Descendants().ToList();
        for (var times = 1 + _random.Next(6); times > 0; times--)
        {
            var element = elements[_random.Next(elements.Count)];
            switch (_random.Next(6))
            {
                case 0 when element.Parent is not null:
                    element.Remove();
                    break;
                case 1 when element.Parent is not null:
                    element.AddAfterSelf(new XElement(element));
                    break;
                case 2:
                    element.Add(new XElement(elements[_random.Next(elements.Count)].Name, Text()));
                    break;
                case 3 when element.FirstAttribute is { IsNamespaceDeclaration: false } attribute && attribute.Name.Namespace != XNamespace.Xml: // xml:space takes two values only
                    attribute.Value = Text();
                    break;
                case 4:
                    element.Name = element.Name.Namespace + elements[_random.Next(elements.Count)].Name.LocalName;
                    break;
                default:
                    if (!element.HasElements)
                    {
                        element.Value = Text();
                    }

                    break;
            }
        }

        return Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
    }

    private string Text() => s_texts[_random.Next(s_texts.Length)].Replace("\u0000", "", StringComparison.Ordinal);
}
