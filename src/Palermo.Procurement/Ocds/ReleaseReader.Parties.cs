using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <content>Organizations and persons, their roles, addresses and identifiers.</content>
internal sealed partial class ReleaseReader
{
    private void ReadParties(ref JsonCursor reader)
    {
        if (!EnterArray(ref reader, "$.parties", out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (ReadPartyObject(ref reader, new ElementPath("$.parties", i), PartyRoles.None) is { } party)
            {
                _process.Parties.Add(party);
            }
        }
    }

    private void ReadOrganizations(ref JsonCursor reader, string path, PartyRoles role, List<Utf8Text>? names)
    {
        if (!EnterArray(ref reader, path, out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            AddOrganization(ReadPartyObject(ref reader, new ElementPath(path, i), role), role, names);
        }
    }

    private void AddOrganization(Party? party, PartyRoles role, List<Utf8Text>? names)
    {
        if (party is not null)
        {
            Reference(party, role);
            if (!party.Name.IsEmpty)
            {
                names?.Add(party.Name);
            }
        }
    }

    private Party? ReadParty(ref JsonCursor reader, string path, PartyRoles role)
    {
        reader.Read();
        return ReadPartyObject(ref reader, new ElementPath(path, -1), role);
    }

    private Party? ReadPartyObject(ref JsonCursor reader, ElementPath path, PartyRoles role)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            WrongType(ref reader, path.ToString(), "an object");
            return null;
        }

        var party = _parties.Take();
        party.Reset(path, role);
        while (NextProperty(ref reader))
        {
            switch (reader.ValueSpan.Length)
            {
                case 2 when reader.ValueTextEquals("id"u8): party.Id = Text(ref reader, path.Container); break;
                case 4 when reader.ValueTextEquals("name"u8): party.Name = Text(ref reader, path.Container); break;
                case 5 when reader.ValueTextEquals("roles"u8): party.Roles |= ReadRoles(ref reader, "$.parties[*].roles"); break;
                case 7 when reader.ValueTextEquals("details"u8): ReadDetails(ref reader, party); break;
                case 7 when reader.ValueTextEquals("address"u8): ReadAddress(ref reader, party, "$.parties[*].address"); break;
                case 10 when reader.ValueTextEquals("identifier"u8): ReadIdentifier(ref reader, party, "$.parties[*].identifier"); break;
                default: SkipValue(ref reader); break;
            }
        }

        return party;
    }

    private PartyRoles ReadRoles(ref JsonCursor reader, string path)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return Role(ref reader); // a lone role instead of an array
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(ref reader, path, "an array");
            return PartyRoles.None;
        }

        var roles = PartyRoles.None;
        while (NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                roles |= Role(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return roles;
    }

    private static PartyRoles Role(ref JsonCursor reader) =>
        reader.ValueTextEquals("buyer"u8) || reader.ValueTextEquals("procuringEntity"u8) ? PartyRoles.Buyer
        : reader.ValueTextEquals("supplier"u8) ? PartyRoles.Supplier
        : reader.ValueTextEquals("tenderer"u8) ? PartyRoles.Tenderer
        : reader.ValueTextEquals("subcontractor"u8) || reader.ValueTextEquals("subContractor"u8) ? PartyRoles.Subcontractor
        : PartyRoles.Other;

    private void ReadAddress(ref JsonCursor reader, Party party, string path)
    {
        if (!EnterObject(ref reader, path))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            switch (reader.ValueSpan.Length)
            {
                case 11 when reader.ValueTextEquals("countryName"u8):
                    var name = Text(ref reader, path);
                    if (party.Country.IsEmpty)
                    {
                        party.Country = name;
                        party.CountryField = "address.countryName";
                    }

                    break;
                case 7 when reader.ValueTextEquals("country"u8):
                    SetCountry(party, Text(ref reader, path), "address.country");
                    break;
                case 11 when reader.ValueTextEquals("countryCode"u8):
                    SetCountry(party, Text(ref reader, path), "address.countryCode");
                    break;
                case 6 when reader.ValueTextEquals("region"u8): party.Region = Text(ref reader, path); break;
                case 13 when reader.ValueTextEquals("streetAddress"u8): party.Street = Text(ref reader, path); break;
                case 10 when reader.ValueTextEquals("postalCode"u8): party.PostalCode = Text(ref reader, path); break;
                case 8 when reader.ValueTextEquals("locality"u8): party.Locality = Text(ref reader, path); break;
                default: SkipValue(ref reader); break;
            }
        }
    }

    // No field of OCDS states the age of an organization; these are the names that publishers use.
    private void ReadDetails(ref JsonCursor reader, Party party)
    {
        if (!EnterObject(ref reader, "$.parties[*].details"))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("foundingDate"u8) || reader.ValueTextEquals("incorporationDate"u8) || reader.ValueTextEquals("registrationDate"u8) || reader.ValueTextEquals("dateOfIncorporation"u8))
            {
                party.Founded = Text(ref reader, "$.parties[*].details");
            }
            else if (reader.ValueTextEquals("classifications"u8))
            {
                ReadKinds(ref reader, party);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private void ReadKinds(ref JsonCursor reader, Party party)
    {
        const string Path = "$.parties[*].details.classifications";
        if (!EnterArray(ref reader, Path, out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (!InObject(ref reader, Path))
            {
                continue;
            }

            Utf8Text scheme = default, id = default;
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("scheme"u8))
                {
                    scheme = Text(ref reader, Path);
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    id = Text(ref reader, Path);
                }
                else
                {
                    SkipValue(ref reader);
                }
            }

            if (!id.IsEmpty)
            {
                party.Kinds.Add((scheme, id));
            }
        }
    }

    private static void SetCountry(Party party, Utf8Text country, string field)
    {
        if (!country.IsEmpty)
        {
            party.Country = country;
            party.CountryField = field;
        }
    }

    private void ReadIdentifier(ref JsonCursor reader, Party party, string path)
    {
        if (!EnterObject(ref reader, path))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("scheme"u8))
            {
                party.IdentifierScheme = Text(ref reader, path);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                party.IdentifierId = Text(ref reader, path);
            }
            else if (reader.ValueTextEquals("legalName"u8))
            {
                party.LegalName = Text(ref reader, path);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }
}
