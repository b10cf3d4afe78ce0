using System.Text.Json;
using System.Xml.Linq;
using static Palermo.Procurement.EForms.Ubl;

namespace Palermo.Procurement.EForms;

/// <summary>The organizations of a notice as parties of OCDS, with their roles.</summary>
/// <remarks>
/// ORG-0001 is another organization in the next notice of a procedure. So a party is known by its registration number and
/// country where it has both, else by the notice and its number in it: releases merge by these ids.
/// </remarks>
internal sealed class NoticeParties
{
    private readonly Dictionary<string, (string Id, string Name, XElement Company)> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Scheme, string Id)[]> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _roles = new(StringComparer.Ordinal);

    public NoticeParties(Notice notice)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, organization) in notice.Organizations)
        {
            if (organization.Element(Efac + "Company") is not { } company || id.Length == 0 || _byId.ContainsKey(id))
            {
                continue;
            }

            var name = notice.Text(company.At(Cac + "PartyName"), Cbc + "Name");
            var number = company.Value(Cac + "PartyLegalEntity", Cbc + "CompanyID");
            var country = CountryOf(company.Element(Cac + "PostalAddress"));
            var known = number.Length > 0 && country is not null ? $"{country}-{number}" : $"{notice.Id}-{id}";
            // Samples and careless publishers give one number to several; two names are then two parties.
            if (!taken.TryAdd(known, name) && taken[known] != name)
            {
                known = $"{notice.Id}-{id}";
            }

            _byId[id] = (known, name, company);
        }

        AddRoles(notice);
        AddKinds(notice);
    }

    /// <summary>The two-letter code of the country of an address, or null.</summary>
    public static string? CountryOf(XElement? address) =>
        CountryCodes.Country(address.Value(Cac + "Country", Cbc + "IdentificationCode")) ?? CountryCodes.OfNuts(address.Value(Cbc + "CountrySubentityCode"));

    /// <summary>Writes the array of parties.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (_byId.Count == 0)
        {
            return;
        }

        json.WriteStartArray("parties");
        foreach (var group in _byId.GroupBy(p => p.Value.Id, StringComparer.Ordinal))
        {
            var (id, name, company) = group.First().Value;
            json.WriteStartObject();
            json.WriteString("id", id);
            Optional(json, "name", name);
            WriteIdentifier(json, company, name);
            WriteAddress(json, company.Element(Cac + "PostalAddress"));
            json.WriteStartArray("roles");
            foreach (var role in group.SelectMany(p => _roles.TryGetValue(p.Key, out var roles) ? roles : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(role);
            }

            json.WriteEndArray();
            var size = company.Parent.Value(Efac + "Company", Efbc + "CompanySizeCode");
            var kinds = group.SelectMany(p => _kinds.GetValueOrDefault(p.Key, [])).Distinct().ToArray();
            if (size.Length > 0 || kinds.Length > 0)
            {
                json.WriteStartObject("details");
                Optional(json, "scale", size);
                WriteKinds(json, kinds);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes id and name of an organization of the notice; nothing but its number if it is not described.</summary>
    public void WriteReference(Utf8JsonWriter json, string organization)
    {
        if (_byId.TryGetValue(organization, out var party))
        {
            json.WriteString("id", party.Id);
            Optional(json, "name", party.Name);
        }
        else
        {
            json.WriteString("id", organization);
        }
    }

    private static void WriteKinds(Utf8JsonWriter json, (string Scheme, string Id)[] kinds)
    {
        if (kinds.Length == 0)
        {
            return;
        }

        json.WriteStartArray("classifications");
        foreach (var (scheme, id) in kinds)
        {
            json.WriteStartObject();
            json.WriteString("scheme", scheme);
            json.WriteString("id", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // BT-11 and BT-10: the legal type of a buyer and what it does.
    private void AddKinds(Notice notice)
    {
        foreach (var buyer in notice.Root.Elements(Cac + "ContractingParty"))
        {
            var id = buyer.Value(Cac + "Party", Cac + "PartyIdentification", Cbc + "ID");
            var kinds = buyer.Elements(Cac + "ContractingPartyType").Elements(Cbc + "PartyTypeCode").Where(c => (string?)c.Attribute("listName") == "buyer-legal-type").Select(c => ("eu-buyer-legal-type", c.Value.Trim()))
                .Concat(buyer.Elements(Cac + "ContractingActivity").Elements(Cbc + "ActivityTypeCode").Select(c => ((string?)c.Attribute("listName") == "entity-activity" ? "eu-utilities-activity" : "eu-main-activity", c.Value.Trim())))
                .Where(k => k.Item2.Length > 0).ToArray();
            if (id.Length > 0 && kinds.Length > 0)
            {
                _kinds.TryAdd(id, kinds);
            }
        }
    }

    private static void WriteIdentifier(Utf8JsonWriter json, XElement company, string name)
    {
        var number = company.Value(Cac + "PartyLegalEntity", Cbc + "CompanyID");
        if (number.Length > 0)
        {
            json.WriteStartObject("identifier");
            json.WriteString("id", number);
            Optional(json, "legalName", name);
            json.WriteEndObject();
        }
    }

    private static void WriteAddress(Utf8JsonWriter json, XElement? address)
    {
        if (address is null || !address.HasElements)
        {
            return;
        }

        json.WriteStartObject("address");
        Optional(json, "streetAddress", address.Value(Cbc + "StreetName"));
        Optional(json, "locality", address.Value(Cbc + "CityName"));
        Optional(json, "region", address.Value(Cbc + "CountrySubentityCode"));
        Optional(json, "postalCode", address.Value(Cbc + "PostalZone"));
        // A code that is none here is kept: it is what the notice says.
        Optional(json, "country", CountryOf(address) ?? address.Value(Cac + "Country", Cbc + "IdentificationCode"));
        json.WriteEndObject();
    }

    private void AddRoles(Notice notice)
    {
        foreach (var buyer in notice.Root.Elements(Cac + "ContractingParty"))
        {
            Add(buyer.Value(Cac + "Party", Cac + "PartyIdentification", Cbc + "ID"), "buyer");
        }

        var result = notice.Result;
        foreach (var party in result?.Elements(Efac + "TenderingParty") ?? [])
        {
            var id = party.Value(Cbc + "ID");
            var won = result!.Elements(Efac + "SettledContract").Elements(Efac + "LotTender").Select(t => t.Value(Cbc + "ID"))
                .Any(t => result.Elements(Efac + "LotTender").Any(l => l.Value(Cbc + "ID") == t && l.Value(Efac + "TenderingParty", Cbc + "ID") == id));
            foreach (var tenderer in party.Elements(Efac + "Tenderer"))
            {
                Add(tenderer.Value(Cbc + "ID"), "tenderer");
                if (won)
                {
                    Add(tenderer.Value(Cbc + "ID"), "supplier");
                }
            }

            foreach (var subcontractor in party.Elements(Efac + "SubContractor"))
            {
                Add(subcontractor.Value(Cbc + "ID"), "subcontractor");
            }
        }

        foreach (var review in notice.Root.Descendants(Cac + "AppealReceiverParty"))
        {
            Add(review.Value(Cac + "PartyIdentification", Cbc + "ID"), "reviewBody");
        }
    }

    private void Add(string organization, string role)
    {
        if (organization.Length > 0)
        {
            if (!_roles.TryGetValue(organization, out var roles))
            {
                _roles.Add(organization, roles = new SortedSet<string>(StringComparer.Ordinal));
            }

            roles.Add(role);
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }
}
