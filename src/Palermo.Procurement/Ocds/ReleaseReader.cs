using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <summary>What a JSON object turned out to be.</summary>
internal enum ObjectKind
{
    /// <summary>A release or compiled release.</summary>
    Release,

    /// <summary>A record of one process.</summary>
    Record,

    /// <summary>A versioned release.</summary>
    VersionedRelease,

    /// <summary>A package of releases or records.</summary>
    Package,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Reads one release (or compiled release) of OCDS 1.0 or 1.1 into a <see cref="ContractingProcess"/>.</summary>
/// <remarks>
/// A wrong type never stops the reading: the field is skipped and noted. A second value of the same key replaces the first,
/// as in every JSON library, and is noted. One instance per thread.
/// </remarks>
internal sealed partial class ReleaseReader
{
    private readonly List<string> _notes = [];
    private readonly List<(Utf8Text Id, Utf8Text Name, PartyRoles Role)> _references = [];
    private static readonly string[] s_additional = [.. Enumerable.Range(0, 16).Select(i => $"additionalClassifications[{i}]")];
    private static readonly IndexedPath s_lot = new("$.tender.lots", ""), s_lotTitle = new("$.tender.lots", "title"), s_lotDescription = new("$.tender.lots", "description");
    private static readonly IndexedPath s_award = new("$.awards", ""), s_awardTitle = new("$.awards", "title"), s_awardDescription = new("$.awards", "description"), s_awardItems = new("$.awards", "items"), s_awardSuppliers = new("$.awards", "suppliers"), s_awardDate = new("$.awards", "date"), s_awardStatus = new("$.awards", "status"), s_awardSubcontracting = new("$.awards", "hasSubcontracting");
    private static readonly IndexedPath s_contract = new("$.contracts", ""), s_contractTitle = new("$.contracts", "title"), s_contractDescription = new("$.contracts", "description"), s_contractItems = new("$.contracts", "items"), s_contractSuppliers = new("$.contracts", "suppliers");
    private static readonly IndexedPath s_bid = new("$.bids.details", ""), s_bidTenderers = new("$.bids.details", "tenderers"), s_bidSubcontracting = new("$.bids.details", "hasSubcontracting");
    private ReadOnlyMemory<byte> _json;
    private ArraySegment<byte> _array;
    private readonly TextArena _texts = new();
    private readonly Pool<Award> _awards = new();
    private readonly Pool<Bid> _bids = new();
    private const int Currencies = 1024;
    private readonly string?[] _currencies = new string?[Currencies];
    private readonly ContractingProcess _process = new();
    private readonly Pool<Party> _parties = new();
    private readonly Pool<Item> _items = new();
    private readonly List<Party> _inline = [];
    private Utf8Text _ocid;
    private bool _hasBuyer;
    private bool _isRecord;
    private bool _isPackage;
    private bool _isVersioned;
    private bool _hasCompiled;

    /// <summary>What was mended in the release last read.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Reads a release.</summary>
    /// <param name="json">JSON that begins with an object; the process keeps slices of it.</param>
    /// <param name="lenient">True to allow trailing commas and comments.</param>
    /// <param name="ocidOfRecord">The ocid to use if the object has none.</param>
    /// <returns>What the object turned out to be. <see cref="Consumed"/> says where it ended.</returns>
    /// <exception cref="JsonException">The JSON is broken; the exception says where.</exception>
    public ObjectKind Read(ReadOnlyMemory<byte> json, bool lenient, string ocidOfRecord = "")
    {
        _json = json;
        if (!MemoryMarshal.TryGetArray(json, out _array))
        {
            throw new ArgumentException("The JSON must lie in an array.", nameof(json));
        }

        _texts.Reset();
        _awards.Reset();
        _bids.Reset();
        _notes.Clear();
        _references.Clear();
        _inline.Clear();
        _hasBuyer = false;
        _ocid = default;
        _isRecord = _isPackage = _isVersioned = _hasCompiled = false;
        _process.Reset();
        _parties.Reset();
        _items.Reset();
        CompiledRelease = default;
        var reader = new JsonCursor(json.Span, lenient);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            Consumed = (int)reader.BytesConsumed;
            return ObjectKind.Other;
        }

        ReadRelease(ref reader);
        Consumed = (int)reader.BytesConsumed;
        var hasOcid = Ocid.TryParse(_ocid.ToString(), out var ocid);
        if (_isRecord && (hasOcid || _hasCompiled))
        {
            return ObjectKind.Record; // some publishers leave the ocid to the releases within
        }

        if (_isPackage || _isRecord)
        {
            return ObjectKind.Package;
        }

        if (!hasOcid && !Ocid.TryParse(ocidOfRecord, out ocid))
        {
            return ObjectKind.Other;
        }

        if (_isVersioned)
        {
            return ObjectKind.VersionedRelease;
        }

        _process.Ocid = ocid;
        ResolveReferences();
        ResolveValue();
        return ObjectKind.Release;
    }

    /// <summary>The ocid as the release last read states it.</summary>
    public ReadOnlySpan<byte> OcidText => _ocid.Span;

    /// <summary>The release last read; whole only if <see cref="Read"/> returned <see cref="ObjectKind.Release"/>.</summary>
    public ContractingProcess Process => _process;

    /// <summary>The compiled release of the record last read; empty if it has none.</summary>
    public ReadOnlyMemory<byte> CompiledRelease { get; private set; }

    /// <summary>Bytes of the object last read.</summary>
    public int Consumed { get; private set; }

    private void ReadRelease(ref JsonCursor reader)
    {
        var seen = 0;
        while (NextProperty(ref reader))
        {
            switch (reader.ValueSpan.Length)
            {
                case 4 when reader.ValueTextEquals("date"u8): _process.Date = Text(ref reader, "$.date"); break;
                case 5 when reader.ValueTextEquals("buyer"u8): Once(ref seen, 1, "$.buyer"); ReadBuyer(ref reader); break;
                case 6 when reader.ValueTextEquals("tender"u8): Once(ref seen, 2, "$.tender"); ReadTender(ref reader); break;
                case 6 when reader.ValueTextEquals("awards"u8): Once(ref seen, 4, "$.awards"); ReadAwards(ref reader); break;
                case 7 when reader.ValueTextEquals("parties"u8): Once(ref seen, 8, "$.parties"); ReadParties(ref reader); break;
                case 8 when reader.ValueTextEquals("language"u8): _process.Language = Text(ref reader, "$.language"); break;
                case 8 when reader.ValueTextEquals("planning"u8): Once(ref seen, 16, "$.planning"); ReadPlanning(ref reader); break;
                case 9 when reader.ValueTextEquals("contracts"u8): Once(ref seen, 32, "$.contracts"); ReadContracts(ref reader); break;
                case 4 when reader.ValueTextEquals("bids"u8): ReadBids(ref reader); break;
                case 4 when reader.ValueTextEquals("ocid"u8): Once(ref seen, 64, "$.ocid"); _ocid = Text(ref reader, "$.ocid"); break;
                case 7 when reader.ValueTextEquals("records"u8): _isPackage |= SkipIfArray(ref reader); break;
                case 8 when reader.ValueTextEquals("releases"u8): _isRecord |= SkipIfArray(ref reader); break;
                case 14 when reader.ValueTextEquals("initiationType"u8): Text(ref reader, "$.initiationType"); break;
                case 15 when reader.ValueTextEquals("compiledRelease"u8): _isRecord = _hasCompiled = true; CompiledRelease = Slice(ref reader); break;
                case 16 when reader.ValueTextEquals("versionedRelease"u8): _isRecord = _hasCompiled = true; SkipValue(ref reader); break;
                default: SkipValue(ref reader); break;
            }
        }
    }

    private void Once(ref int seen, int bit, string path)
    {
        if ((seen & bit) != 0)
        {
            _notes.Add($"The key {path} stands twice; both were read, later values replace earlier ones.");
        }

        seen |= bit;
    }

    private void ReadBuyer(ref JsonCursor reader)
    {
        var party = ReadParty(ref reader, "$.buyer", PartyRoles.Buyer);
        if (party is not null)
        {
            _hasBuyer = true;
            _process.BuyerId = party.Id;
            _process.BuyerName = party.Name;
            Reference(party, PartyRoles.Buyer);
        }
    }

    private void ReadPlanning(ref JsonCursor reader)
    {
        if (!EnterObject(ref reader, "$.planning"))
        {
            return;
        }

        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("rationale"u8))
            {
                AddPassage(Text(ref reader, "$.planning.rationale"), "$.planning.rationale", false);
            }
            else if (reader.ValueTextEquals("budget"u8))
            {
                if (!EnterObject(ref reader, "$.planning.budget"))
                {
                    continue;
                }

                while (NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals("description"u8))
                    {
                        AddPassage(Text(ref reader, "$.planning.budget.description"), "$.planning.budget.description", false);
                    }
                    else if (reader.ValueTextEquals("project"u8))
                    {
                        AddPassage(Text(ref reader, "$.planning.budget.project"), "$.planning.budget.project", true);
                    }
                    else
                    {
                        SkipValue(ref reader);
                    }
                }
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                ReadItems(ref reader, "$.planning.items");
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private void ReadTender(ref JsonCursor reader)
    {
        if (!EnterObject(ref reader, "$.tender"))
        {
            return;
        }

        var tender = _process.Tender;
        tender.Exists = true;
        while (NextProperty(ref reader))
        {
            switch (reader.ValueSpan.Length)
            {
                case 5 when reader.ValueTextEquals("title"u8): tender.Title = Text(ref reader, "$.tender.title"); AddPassage(tender.Title, "$.tender.title", true); break;
                case 5 when reader.ValueTextEquals("items"u8): ReadItems(ref reader, "$.tender.items"); break;
                case 5 when reader.ValueTextEquals("value"u8):
                    if (ReadMoney(ref reader) is { } money && money.Amount > 0)
                    {
                        tender.Value = money;
                        _process.Value = money;
                        _process.ValuePath = "$.tender.value";
                    }

                    break;
                case 4 when reader.ValueTextEquals("lots"u8): ReadLots(ref reader); break;
                case 6 when reader.ValueTextEquals("status"u8): tender.Status = Text(ref reader, "$.tender.status"); break;
                case 11 when reader.ValueTextEquals("description"u8): AddPassage(Text(ref reader, "$.tender.description"), "$.tender.description", false); break;
                case 9 when reader.ValueTextEquals("tenderers"u8): ReadOrganizations(ref reader, "$.tender.tenderers", PartyRoles.Tenderer, null); break;
                case 12 when reader.ValueTextEquals("tenderPeriod"u8): tender.TenderPeriod = ReadPeriod(ref reader, "$.tender.tenderPeriod"); break;
                case 13 when reader.ValueTextEquals("datePublished"u8): tender.DatePublished = Text(ref reader, "$.tender.datePublished"); break;
                case 14 when reader.ValueTextEquals("contractPeriod"u8): tender.ContractPeriod = ReadPeriod(ref reader, "$.tender.contractPeriod"); break;
                case 13 when reader.ValueTextEquals("awardCriteria"u8): tender.AwardCriteria = Text(ref reader, "$.tender.awardCriteria"); break;
                case 15 when reader.ValueTextEquals("procuringEntity"u8):
                    if (ReadParty(ref reader, "$.tender.procuringEntity", PartyRoles.Buyer) is { } entity)
                    {
                        if (!_hasBuyer)
                        {
                            _process.BuyerId = entity.Id;
                            _process.BuyerName = entity.Name;
                        }

                        Reference(entity, PartyRoles.Buyer);
                    }

                    break;
                case 10 when reader.ValueTextEquals("techniques"u8): ReadTechniques(ref reader); break;
                case 13 when reader.ValueTextEquals("contractTerms"u8): ReadContractTerms(ref reader, "$.tender.contractTerms"); break;
                case 14 when reader.ValueTextEquals("sustainability"u8): ReadSustainability(ref reader, "$.tender.sustainability"); break;
                case 16 when reader.ValueTextEquals("exclusionGrounds"u8): ReadExclusionGrounds(ref reader); break;
                case 17 when reader.ValueTextEquals("selectionCriteria"u8): ReadSelectionCriteria(ref reader, "$.tender.selectionCriteria"); break;
                case 19 when reader.ValueTextEquals("eligibilityCriteria"u8): AddSafeguard(Text(ref reader, "$.tender.eligibilityCriteria"), "$.tender.eligibilityCriteria"); break;
                case 17 when reader.ValueTextEquals("procurementMethod"u8): tender.ProcurementMethod = Text(ref reader, "$.tender.procurementMethod"); break;
                case 23 when reader.ValueTextEquals("mainProcurementCategory"u8): tender.MainProcurementCategory = Text(ref reader, "$.tender.mainProcurementCategory"); break;
                default: SkipValue(ref reader); break;
            }
        }
    }

    private Money? ReadMoney(ref JsonCursor reader)
    {
        if (!EnterObject(ref reader, "value"))
        {
            return null;
        }

        decimal? amount = null;
        var currency = "";
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("amount"u8))
            {
                // Some publishers write amounts as text; a number is a number either way.
                if (Utf8Parser.TryParse(Text(ref reader, "amount").Span, out decimal parsed, out var used) && used > 0)
                {
                    amount = parsed;
                }
            }
            else if (reader.ValueTextEquals("currency"u8))
            {
                currency = Currency(Text(ref reader, "currency"));
            }
            else
            {
                SkipValue(ref reader);
            }
        }

        return amount is { } a ? new Money(a, currency) : null;
    }

    // There are fewer currencies than places for them.
    private string Currency(Utf8Text text)
    {
        var code = text.Span;
        if (code.Length != 3)
        {
            return text.ToString();
        }

        ref var known = ref _currencies[((code[0] & 31) ^ ((code[1] & 31) << 3) ^ ((code[2] & 31) << 5)) & (Currencies - 1)];
        return known is not null && System.Text.Ascii.Equals(code, known) ? known : known = text.ToString();
    }

    private void AddPassage(Utf8Text text, string path, bool isTitle)
    {
        if (!text.IsEmpty)
        {
            _process.Passages.Add(new Passage(path, text, isTitle));
        }
    }

    private void Reference(Party party, PartyRoles role)
    {
        _references.Add((party.Id, party.Name, role));
        // OCDS 1.0 writes the organization out in place; a bare reference of 1.1 repeats a party and adds nothing.
        if (!party.Country.IsEmpty || !party.IdentifierId.IsEmpty || !party.LegalName.IsEmpty || (!party.Name.IsEmpty && party.Id.IsEmpty))
        {
            _process.Parties.Add(party);
        }
        else if (!party.Name.IsEmpty)
        {
            _inline.Add(party);
        }
    }

    private bool Knows(Utf8Text id)
    {
        foreach (var party in CollectionsMarshal.AsSpan(_process.Parties))
        {
            if (party.Id.Is(id.Span))
            {
                return true;
            }
        }

        return false;
    }

    private void ResolveReferences()
    {
        foreach (var (id, name, role) in _references)
        {
            foreach (var party in CollectionsMarshal.AsSpan(_process.Parties))
            {
                if (!id.IsEmpty && party.Id.Is(id.Span))
                {
                    party.Roles |= role;
                    if (role == PartyRoles.Buyer && _process.BuyerName.IsEmpty && _process.BuyerId.Is(id.Span))
                    {
                        _process.BuyerName = party.Name;
                    }
                }
            }
        }

        foreach (var party in _inline)
        {
            if (!Knows(party.Id))
            {
                _process.Parties.Add(party);
            }
        }

        _inline.Clear();
        if (_process.BuyerName.IsEmpty && _process.Parties.Find(p => (p.Roles & PartyRoles.Buyer) != 0) is { } buyer)
        {
            _process.BuyerName = buyer.Name;
            _process.BuyerId = buyer.Id;
        }
    }

    private void ResolveValue()
    {
        decimal sum = 0;
        string? currency = null;
        foreach (var award in _process.Awards)
        {
            if (award.Value is { Amount: > 0 } value && (currency is null || value.Currency == currency))
            {
                try
                {
                    sum += value.Amount;
                }
                catch (OverflowException)
                {
                    _notes.Add("The values of the awards are too large to add; the tender's value is shown.");
                    return;
                }

                currency = value.Currency;
            }
        }

        if (sum > 0)
        {
            _process.Value = new Money(sum, currency!);
            _process.ValuePath = "$.awards[*].value";
        }
    }
}
