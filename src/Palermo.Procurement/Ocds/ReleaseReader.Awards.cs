using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <content>Lots, bids, awards and contracts.</content>
internal sealed partial class ReleaseReader
{
    private void ReadLots(ref JsonCursor reader)
    {
        if (!EnterArray(ref reader, "$.tender.lots", out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (!InObject(ref reader, s_lot[i]))
            {
                continue;
            }

            Utf8Text id = default;
            Money? value = null;
            Period period = default;
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("title"u8))
                {
                    AddPassage(Text(ref reader, s_lotTitle[i]), s_lotTitle[i], true);
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    id = Text(ref reader, s_lot[i]);
                }
                else if (reader.ValueTextEquals("value"u8))
                {
                    value = ReadMoney(ref reader);
                }
                else if (reader.ValueTextEquals("contractPeriod"u8))
                {
                    period = ReadPeriod(ref reader, s_lot[i]);
                }
                else if (reader.ValueTextEquals("description"u8))
                {
                    AddPassage(Text(ref reader, s_lotDescription[i]), s_lotDescription[i], false);
                }
                else if (reader.ValueTextEquals("contractTerms"u8))
                {
                    ReadContractTerms(ref reader, s_lotTerms[i]);
                }
                else if (reader.ValueTextEquals("sustainability"u8))
                {
                    ReadSustainability(ref reader, s_lotGoals[i]);
                }
                else if (reader.ValueTextEquals("selectionCriteria"u8))
                {
                    ReadSelectionCriteria(ref reader, s_lotSelection[i]);
                }
                else
                {
                    SkipValue(ref reader);
                }
            }

            _process.Lots.Add(new Lot(i, id, value, period));
        }
    }

    private void ReadAwards(ref JsonCursor reader)
    {
        if (!EnterArray(ref reader, "$.awards", out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (!InObject(ref reader, s_award[i]))
            {
                continue;
            }

            var award = _awards.Take();
            award.Reset(i);
            _process.Awards.Add(award);
            while (NextProperty(ref reader))
            {
                switch (reader.ValueSpan.Length)
                {
                    case 4 when reader.ValueTextEquals("date"u8): award.Date = Text(ref reader, s_awardDate[i]); break;
                    case 5 when reader.ValueTextEquals("title"u8): AddPassage(Text(ref reader, s_awardTitle[i]), s_awardTitle[i], true); break;
                    case 5 when reader.ValueTextEquals("items"u8): ReadItems(ref reader, s_awardItems[i]); break;
                    case 5 when reader.ValueTextEquals("value"u8): award.Value = ReadMoney(ref reader); break;
                    case 11 when reader.ValueTextEquals("relatedLots"u8): award.RelatedLot = ReadLot(ref reader, s_award[i]); break;
                    case 6 when reader.ValueTextEquals("status"u8): award.Status = Text(ref reader, s_awardStatus[i]); break;
                    case 9 when reader.ValueTextEquals("suppliers"u8): ReadOrganizations(ref reader, s_awardSuppliers[i], PartyRoles.Supplier, award.SupplierNames); break;
                    case 11 when reader.ValueTextEquals("description"u8): AddPassage(Text(ref reader, s_awardDescription[i]), s_awardDescription[i], false); break;
                    case 17 when reader.ValueTextEquals("hasSubcontracting"u8): Subcontracting(ref reader, s_awardSubcontracting[i]); break;
                    default: SkipValue(ref reader); break;
                }
            }
        }
    }

    private void ReadContracts(ref JsonCursor reader)
    {
        if (!EnterArray(ref reader, "$.contracts", out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (!InObject(ref reader, s_contract[i]))
            {
                continue;
            }

            Utf8Text signed = default;
            Period period = default;
            while (NextProperty(ref reader))
            {
                switch (reader.ValueSpan.Length)
                {
                    case 5 when reader.ValueTextEquals("title"u8): AddPassage(Text(ref reader, s_contractTitle[i]), s_contractTitle[i], true); break;
                    case 5 when reader.ValueTextEquals("items"u8): ReadItems(ref reader, s_contractItems[i]); break;
                    case 11 when reader.ValueTextEquals("description"u8): AddPassage(Text(ref reader, s_contractDescription[i]), s_contractDescription[i], false); break;
                    case 6 when reader.ValueTextEquals("period"u8): period = ReadPeriod(ref reader, s_contract[i]); break;
                    case 10 when reader.ValueTextEquals("dateSigned"u8): signed = Text(ref reader, s_contract[i]); break;
                    case 9 when reader.ValueTextEquals("suppliers"u8): ReadOrganizations(ref reader, s_contractSuppliers[i], PartyRoles.Supplier, null); break;
                    default: SkipValue(ref reader); break;
                }
            }

            _process.Contracts.Add(new Contract(i, signed, period));
        }
    }

    private void ReadBids(ref JsonCursor reader)
    {
        if (!EnterObject(ref reader, "$.bids"))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("details"u8))
            {
                SkipValue(ref reader);
                continue;
            }

            if (!EnterArray(ref reader, "$.bids.details", out var single))
            {
                continue;
            }

            for (var i = 0; NextElement(ref reader, single, i); i++)
            {
                if (!InObject(ref reader, s_bid[i]))
                {
                    continue;
                }

                var bid = _bids.Take();
                bid.Reset(i);
                _process.Bids.Add(bid);
                while (NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals("tenderers"u8))
                    {
                        ReadOrganizations(ref reader, s_bidTenderers[i], PartyRoles.Tenderer, bid.TendererNames);
                    }
                    else if (reader.ValueTextEquals("value"u8))
                    {
                        bid.Value = ReadMoney(ref reader);
                    }
                    else if (reader.ValueTextEquals("status"u8))
                    {
                        bid.Status = Text(ref reader, s_bid[i]);
                    }
                    else if (reader.ValueTextEquals("relatedLots"u8))
                    {
                        bid.RelatedLot = ReadLot(ref reader, s_bid[i]);
                    }
                    else if (reader.ValueTextEquals("hasSubcontracting"u8))
                    {
                        Subcontracting(ref reader, s_bidSubcontracting[i]);
                    }
                    else
                    {
                        SkipValue(ref reader);
                    }
                }
            }
        }
    }

    private Period ReadPeriod(ref JsonCursor reader, string path)
    {
        Utf8Text start = default, end = default;
        if (EnterObject(ref reader, path))
        {
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("startDate"u8))
                {
                    start = Text(ref reader, path);
                }
                else if (reader.ValueTextEquals("endDate"u8))
                {
                    end = Text(ref reader, path);
                }
                else
                {
                    SkipValue(ref reader);
                }
            }
        }

        return new Period(start, end);
    }

    // Of an array of lots, the only one; several are no lot to compare within.
    private Utf8Text ReadLot(ref JsonCursor reader, string path)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(ref reader, path, "an array");
            return default;
        }

        Utf8Text lot = default;
        var count = 0;
        while (NextElement(ref reader))
        {
            count++;
            lot = JsonText.Read(ref reader, _array, _texts);
            reader.Skip();
        }

        return count == 1 ? lot : default;
    }

    private void Subcontracting(ref JsonCursor reader, string path)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            if (reader.TokenType == JsonTokenType.True || _process.Tender.HasSubcontracting is null)
            {
                _process.Tender.HasSubcontracting = reader.TokenType == JsonTokenType.True;
                _process.Tender.SubcontractingPath = path;
            }
        }
        else
        {
            WrongType(ref reader, path, "true or false");
        }
    }
}
