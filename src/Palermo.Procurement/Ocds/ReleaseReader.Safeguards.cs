using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <content>Exclusion grounds, criteria, terms and goals, of the extensions that eForms uses.</content>
internal sealed partial class ReleaseReader
{
    private static readonly IndexedPath s_lotTerms = new("$.tender.lots", "contractTerms"), s_lotGoals = new("$.tender.lots", "sustainability"), s_lotSelection = new("$.tender.lots", "selectionCriteria");

    private void ReadExclusionGrounds(ref JsonCursor reader)
    {
        const string Path = "$.tender.exclusionGrounds";
        if (!EnterObject(ref reader, Path))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("sources"u8))
            {
                ReadTexts(ref reader, Path + ".sources", _process.Safeguards.ExclusionGroundSources);
            }
            else if (reader.ValueTextEquals("criteria"u8))
            {
                ReadCriteria(ref reader, Path + ".criteria", _process.Safeguards.ExclusionGrounds);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private void ReadSelectionCriteria(ref JsonCursor reader, string path)
    {
        if (!EnterObject(ref reader, path))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("criteria"u8))
            {
                ReadCriteria(ref reader, path + ".criteria", _process.Safeguards.SelectionCriteria);
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                AddSafeguard(Text(ref reader, path), path + ".description");
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private void ReadCriteria(ref JsonCursor reader, string path, List<Utf8Text> types) => ReadKeyed(ref reader, path, "type"u8, types, withTexts: true);

    // An array of objects of which one key is a code, and, of criteria, name and description are text to look through.
    private void ReadKeyed(ref JsonCursor reader, string path, ReadOnlySpan<byte> key, List<Utf8Text> codes, bool withTexts)
    {
        if (!EnterArray(ref reader, path, out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (!InObject(ref reader, path))
            {
                continue;
            }

            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals(key))
                {
                    if (Text(ref reader, path) is { IsEmpty: false } code)
                    {
                        codes.Add(code);
                    }
                }
                else if (withTexts && (reader.ValueTextEquals("description"u8) || reader.ValueTextEquals("name"u8)))
                {
                    AddSafeguard(Text(ref reader, path), path);
                }
                else
                {
                    SkipValue(ref reader);
                }
            }
        }
    }

    private void ReadContractTerms(ref JsonCursor reader, string path)
    {
        if (!EnterObject(ref reader, path))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("performanceTerms"u8))
            {
                var terms = Text(ref reader, path);
                _process.Safeguards.HasPerformanceTerms |= !terms.IsEmpty;
                AddSafeguard(terms, path + ".performanceTerms");
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private void ReadSustainability(ref JsonCursor reader, string path) => ReadKeyed(ref reader, path, "goal"u8, _process.Safeguards.Goals, withTexts: false);

    private void ReadTechniques(ref JsonCursor reader)
    {
        if (!EnterObject(ref reader, "$.tender.techniques"))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("hasFrameworkAgreement"u8))
            {
                var said = Text(ref reader, "$.tender.techniques.hasFrameworkAgreement");
                _process.Safeguards.HasFramework = said.Is("true"u8) ? true : said.Is("false"u8) ? false : null;
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private void ReadTexts(ref JsonCursor reader, string path, List<Utf8Text> texts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(ref reader, path, "an array");
            return;
        }

        while (NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(JsonText.Read(ref reader, _array, _texts));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void AddSafeguard(Utf8Text text, string path)
    {
        if (!text.IsEmpty)
        {
            _process.Safeguards.Texts.Add(new Passage(path, text, false));
        }
    }
}
