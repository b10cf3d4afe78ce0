using System.Globalization;
using System.Xml.Linq;
using static Palermo.Procurement.EForms.Ubl;

namespace Palermo.Procurement.EForms;

/// <content>The result of a procedure: tenders received, awards, contracts.</content>
internal sealed partial class NoticeRelease
{
    private string Own(string id) => $"{notice.Id}-{id}";

    private IEnumerable<XElement> Tenders => notice.Result?.Elements(Efac + "LotTender") ?? [];

    private void WriteBids()
    {
        if (notice.Result is not { } result)
        {
            return;
        }

        json.WriteStartObject("bids");
        json.WriteStartArray("statistics");
        foreach (var lotResult in result.Elements(Efac + "LotResult"))
        {
            foreach (var statistic in lotResult.Elements(Efac + "ReceivedSubmissionsStatistics"))
            {
                var measure = NoticeCodes.Measure(statistic.Value(Efbc + "StatisticsCode"));
                if (measure.Length > 0 && long.TryParse(statistic.Value(Efbc + "StatisticsNumeric"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count))
                {
                    json.WriteStartObject();
                    json.WriteString("id", Own($"{lotResult.Value(Cbc + "ID")}-{measure}"));
                    json.WriteString("measure", measure);
                    json.WriteNumber("value", count);
                    Optional("relatedLot", lotResult.Value(Efac + "TenderLot", Cbc + "ID"));
                    json.WriteEndObject();
                }
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("details");
        foreach (var tender in Tenders)
        {
            WriteBid(tender);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteBid(XElement tender)
    {
        json.WriteStartObject();
        json.WriteString("id", Own(tender.Value(Cbc + "ID")));
        Money("value", tender.At(Cac + "LegalMonetaryTotal", Cbc + "PayableAmount"));
        Texts("relatedLots", [LotOf(tender)]);

        Organizations("tenderers", TenderersOf(tender));
        if (Subcontracts(tender) is { } subcontracts)
        {
            json.WriteBoolean("hasSubcontracting", subcontracts);
        }

        json.WriteEndObject();
    }

    // BT-773: yes or no; anything else says neither.
    private static bool? Subcontracts(XElement tender) =>
        tender.Elements(Efac + "SubcontractingTerm").Elements(Efbc + "TermCode").Code("applicability") switch { "yes" => true, "no" => false, _ => null };

    private void WriteAwards()
    {
        var results = notice.Result?.Elements(Efac + "LotResult").ToArray() ?? [];
        if (results.Length == 0)
        {
            return;
        }

        json.WriteStartArray("awards");
        foreach (var result in results)
        {
            var contracts = Contracts(result).ToArray();
            var winners = Winners(result, contracts).ToArray();
            json.WriteStartObject();
            json.WriteString("id", Own(result.Value(Cbc + "ID")));
            Optional("status", NoticeCodes.AwardStatus(result.Value(Cbc + "TenderResultCode")));
            Optional("date", contracts.Select(c => Instant(c.Value(Cbc + "AwardDate"), "")).FirstOrDefault(d => d.Length > 0) ?? "");
            Total("value", winners);
            Organizations("suppliers", winners.SelectMany(TenderersOf));
            if (winners.Any(w => Subcontracts(w) == true))
            {
                json.WriteBoolean("hasSubcontracting", true);
            }

            Texts("relatedLots", [LotOf(result)]);

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteContracts()
    {
        var contracts = notice.Result?.Elements(Efac + "SettledContract").ToArray() ?? [];
        if (contracts.Length == 0)
        {
            return;
        }

        json.WriteStartArray("contracts");
        foreach (var contract in contracts)
        {
            var id = contract.Value(Cbc + "ID");
            var award = notice.Result!.Elements(Efac + "LotResult").FirstOrDefault(r => r.Elements(Efac + "SettledContract").Any(c => c.Value(Cbc + "ID") == id));
            json.WriteStartObject();
            json.WriteString("id", Own(id));
            Optional("awardID", award is null ? "" : Own(award.Value(Cbc + "ID")));
            Optional("title", notice.Text(contract, Cbc + "Title"));
            Optional("dateSigned", Instant(contract.Value(Cbc + "IssueDate"), ""));
            Total("value", Tendered(contract));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private IEnumerable<XElement> Contracts(XElement result)
    {
        var ids = result.Elements(Efac + "SettledContract").Select(c => c.Value(Cbc + "ID")).ToHashSet(StringComparer.Ordinal);
        return notice.Result!.Elements(Efac + "SettledContract").Where(c => ids.Contains(c.Value(Cbc + "ID")));
    }

    // The tenders of the contracts; before contracts are told, those ranked first. A result without a winner has none.
    private IEnumerable<XElement> Winners(XElement result, XElement[] contracts)
    {
        if (result.Value(Cbc + "TenderResultCode") is not ("selec-w" or ""))
        {
            return [];
        }

        var lot = LotOf(result);
        if (contracts.Length > 0)
        {
            return contracts.SelectMany(Tendered).Where(t => lot.Length == 0 || LotOf(t).Length == 0 || LotOf(t) == lot).Distinct();
        }

        var ids = result.Elements(Efac + "LotTender").Select(t => t.Value(Cbc + "ID")).ToHashSet(StringComparer.Ordinal);
        return Tenders.Where(t => ids.Contains(t.Value(Cbc + "ID")) && t.Value(Cbc + "RankCode") == "1");
    }

    private static string LotOf(XElement tender) => tender.Value(Efac + "TenderLot", Cbc + "ID");

    private IEnumerable<XElement> Tendered(XElement contract)
    {
        var ids = contract.Elements(Efac + "LotTender").Select(t => t.Value(Cbc + "ID")).ToHashSet(StringComparer.Ordinal);
        return Tenders.Where(t => ids.Contains(t.Value(Cbc + "ID")));
    }

    private IEnumerable<string> TenderersOf(XElement tender)
    {
        var party = tender.Value(Efac + "TenderingParty", Cbc + "ID");
        return notice.Result!.Elements(Efac + "TenderingParty").Where(p => p.Value(Cbc + "ID") == party).Elements(Efac + "Tenderer").Select(t => t.Value(Cbc + "ID")).Where(i => i.Length > 0);
    }

    // Amounts add up only in one currency.
    private void Total(string name, IEnumerable<XElement> tenders)
    {
        var amounts = tenders.Select(t => t.At(Cac + "LegalMonetaryTotal", Cbc + "PayableAmount")).OfType<XElement>().ToArray();
        decimal sum = 0;
        foreach (var amount in amounts)
        {
            if (!decimal.TryParse(amount.Value.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) || Math.Abs(value) > 1e20m)
            {
                return;
            }

            sum += value;
        }

        if (amounts.Length > 0 && amounts.Select(a => (string?)a.Attribute("currencyID")).Distinct().Count() == 1)
        {
            Money(name, sum, (string?)amounts[0].Attribute("currencyID") ?? "");
        }
    }

    private void Organizations(string name, IEnumerable<string> ids)
    {
        var all = ids.Distinct(StringComparer.Ordinal).ToArray();
        if (all.Length > 0)
        {
            json.WriteStartArray(name);
            foreach (var id in all)
            {
                json.WriteStartObject();
                _parties.WriteReference(json, id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
