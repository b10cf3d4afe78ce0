namespace Palermo.Procurement;

/// <summary>Everything published under one ocid, as far as judging reads it: OCDS 1.0 and 1.1 brought to one shape.</summary>
/// <remarks>
/// Unknown fields and extensions do not disturb; merging (<see cref="Merging.ReleaseMerger"/>) keeps them.
/// A reader uses the same objects for one process after the other: keep what you need of them, not them.
/// </remarks>
public sealed class ContractingProcess
{
    /// <summary>The ocid.</summary>
    public Ocid Ocid { get; internal set; }

    /// <summary>Date of the release, as published.</summary>
    public Utf8Text Date { get; internal set; }

    /// <summary>Language of the release, as published.</summary>
    public Utf8Text Language { get; internal set; }

    /// <summary>The tender.</summary>
    public Tender Tender { get; } = new();

    /// <summary>Exclusion grounds, criteria and terms published.</summary>
    public Safeguards Safeguards { get; } = new();

    /// <summary>Organizations: those of <c>parties</c>, then those written out where OCDS 1.1 would refer to a party.</summary>
    public List<Party> Parties { get; } = [];

    /// <summary>Items of tender, awards and contracts.</summary>
    public List<Item> Items { get; } = [];

    /// <summary>Awards.</summary>
    public List<Award> Awards { get; } = [];

    /// <summary>Lots of the tender.</summary>
    public List<Lot> Lots { get; } = [];

    /// <summary>Bids (<c>bids/details</c>).</summary>
    public List<Bid> Bids { get; } = [];

    /// <summary>Contracts.</summary>
    public List<Contract> Contracts { get; } = [];

    /// <summary>Titles and descriptions that are not an item's.</summary>
    public List<Passage> Passages { get; } = [];

    /// <summary>Name of the buyer; blank if nobody is named as one.</summary>
    public Utf8Text BuyerName { get; internal set; }

    /// <summary>Id of the buyer.</summary>
    public Utf8Text BuyerId { get; internal set; }

    /// <summary>Awarded value (sum in the currency of the first award), else the tender's value.</summary>
    public Money? Value { get; internal set; }

    /// <summary>Where the value was read.</summary>
    public string ValuePath { get; internal set; } = "";

    internal void Reset()
    {
        Ocid = default;
        Date = Language = BuyerName = BuyerId = default;
        Value = null;
        ValuePath = "";
        Tender.Reset();
        Safeguards.Reset();
        Parties.Clear();
        Items.Clear();
        Awards.Clear();
        Lots.Clear();
        Bids.Clear();
        Contracts.Clear();
        Passages.Clear();
    }
}

/// <summary>The part of <c>tender</c> that judging reads.</summary>
public sealed class Tender
{
    /// <summary>True if the release has a <c>tender</c>.</summary>
    public bool Exists { get; internal set; }

    /// <summary><c>tender/title</c>.</summary>
    public Utf8Text Title { get; internal set; }

    /// <summary><c>tender/status</c>.</summary>
    public Utf8Text Status { get; internal set; }

    /// <summary><c>tender/procurementMethod</c>.</summary>
    public Utf8Text ProcurementMethod { get; internal set; }

    /// <summary><c>tender/mainProcurementCategory</c>: goods, works or services.</summary>
    public Utf8Text MainProcurementCategory { get; internal set; }

    /// <summary><c>tender/awardCriteria</c>.</summary>
    public Utf8Text AwardCriteria { get; internal set; }

    /// <summary><c>tender/value</c>: the estimate.</summary>
    public Money? Value { get; internal set; }

    /// <summary><c>tender/datePublished</c>, of an extension.</summary>
    public Utf8Text DatePublished { get; internal set; }

    /// <summary><c>tender/tenderPeriod</c>: the time for bidding.</summary>
    public Period TenderPeriod { get; internal set; }

    /// <summary><c>tender/contractPeriod</c>: the time planned for the contract.</summary>
    public Period ContractPeriod { get; internal set; }

    /// <summary>True if some award or bid says that parts are subcontracted, false if one denies it, null if nothing says either.</summary>
    public bool? HasSubcontracting { get; internal set; }

    /// <summary>JSON path of the statement on subcontracting.</summary>
    public string SubcontractingPath { get; internal set; } = "";

    internal void Reset()
    {
        Exists = false;
        Title = Status = ProcurementMethod = MainProcurementCategory = AwardCriteria = DatePublished = default;
        Value = null;
        TenderPeriod = ContractPeriod = default;
        HasSubcontracting = null;
        SubcontractingPath = "";
    }
}

/// <summary>What a party does in a process. A party may do several things.</summary>
[Flags]
public enum PartyRoles
{
    /// <summary>No role stated.</summary>
    None = 0,

    /// <summary>Buyer or procuring entity.</summary>
    Buyer = 1,

    /// <summary>Tenderer.</summary>
    Tenderer = 2,

    /// <summary>Supplier of an award.</summary>
    Supplier = 4,

    /// <summary>Subcontractor, of the extensions.</summary>
    Subcontractor = 8,

    /// <summary>Any other role.</summary>
    Other = 16,

    /// <summary>Those who deliver or offer to.</summary>
    Deliverer = Tenderer | Supplier | Subcontractor,
}

/// <summary>An organization or person in a role.</summary>
public sealed class Party
{
    private ElementPath _path;

    /// <summary>JSON path of the organization.</summary>
    public string Path => _path.ToString();

    /// <summary>Local id.</summary>
    public Utf8Text Id { get; internal set; }

    /// <summary>Name.</summary>
    public Utf8Text Name { get; internal set; }

    /// <summary>Legal name of the identifier.</summary>
    public Utf8Text LegalName { get; internal set; }

    /// <summary>Scheme of the identifier.</summary>
    public Utf8Text IdentifierScheme { get; internal set; }

    /// <summary>Identifier.</summary>
    public Utf8Text IdentifierId { get; internal set; }

    /// <summary>Country, as code or name, as published.</summary>
    public Utf8Text Country { get; internal set; }

    /// <summary>Field of the country, relative to the party.</summary>
    public string CountryField { get; internal set; } = "";

    /// <summary>Street of the address.</summary>
    public Utf8Text Street { get; internal set; }

    /// <summary>Postal code of the address.</summary>
    public Utf8Text PostalCode { get; internal set; }

    /// <summary>Date of foundation, incorporation or registration, where a publisher states it in <c>details</c>.</summary>
    public Utf8Text Founded { get; internal set; }

    /// <summary>Region of the address.</summary>
    public Utf8Text Region { get; internal set; }

    /// <summary>Locality of the address.</summary>
    public Utf8Text Locality { get; internal set; }

    /// <summary><c>details/classifications</c>: what kind of organization it is.</summary>
    public List<(Utf8Text Scheme, Utf8Text Id)> Kinds { get; } = [];

    /// <summary>Roles.</summary>
    public PartyRoles Roles { get; internal set; }

    internal void Reset(ElementPath path, PartyRoles roles)
    {
        _path = path;
        Roles = roles;
        Id = Name = LegalName = IdentifierScheme = IdentifierId = Country = Region = Locality = Street = PostalCode = Founded = default;
        CountryField = "";
        Kinds.Clear();
    }
}

/// <summary>A span of time, as published.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End.</param>
public readonly record struct Period(Utf8Text Start, Utf8Text End);

/// <summary>A lot of a tender.</summary>
/// <param name="Index">Place in <c>tender/lots</c>, from 0.</param>
/// <param name="Id">Id.</param>
/// <param name="Value">Estimated value.</param>
/// <param name="ContractPeriod">Time planned for its contract.</param>
public readonly record struct Lot(int Index, Utf8Text Id, Money? Value, Period ContractPeriod);

/// <summary>A contract.</summary>
/// <param name="Index">Place in <c>contracts</c>, from 0.</param>
/// <param name="DateSigned">Date of signature, as published.</param>
/// <param name="Period">Time of the contract.</param>
public readonly record struct Contract(int Index, Utf8Text DateSigned, Period Period);

/// <summary>A bid.</summary>
public sealed class Bid
{
    /// <summary>Place in <c>bids/details</c>, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>Value.</summary>
    public Money? Value { get; internal set; }

    /// <summary>Status, as published.</summary>
    public Utf8Text Status { get; internal set; }

    /// <summary>The lot, if it is for one; blank otherwise.</summary>
    public Utf8Text RelatedLot { get; internal set; }

    /// <summary>Names (else ids) of those who bid.</summary>
    public List<Utf8Text> TendererNames { get; } = [];

    internal void Reset(int index)
    {
        Index = index;
        Value = null;
        Status = RelatedLot = default;
        TendererNames.Clear();
    }
}

/// <summary>An award.</summary>
public sealed class Award
{
    /// <summary>Place in <c>awards</c>, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>The lot, if it is for one; blank otherwise.</summary>
    public Utf8Text RelatedLot { get; internal set; }

    /// <summary>Date, as published.</summary>
    public Utf8Text Date { get; internal set; }

    /// <summary>Status.</summary>
    public Utf8Text Status { get; internal set; }

    /// <summary>Names of the suppliers.</summary>
    public List<Utf8Text> SupplierNames { get; } = [];

    /// <summary>Value.</summary>
    public Money? Value { get; internal set; }

    internal void Reset(int index)
    {
        Index = index;
        Date = Status = RelatedLot = default;
        SupplierNames.Clear();
        Value = null;
    }
}

/// <summary>An amount and its currency as published.</summary>
/// <param name="Amount">Amount in units of the currency.</param>
/// <param name="Currency">ISO 4217 code, blank if not stated.</param>
public readonly record struct Money(decimal Amount, string Currency);

/// <summary>Something bought.</summary>
public sealed class Item
{
    private ElementPath _path;
    private (string Address, string Name) _delivery = ("", "");

    /// <summary>JSON path of the item.</summary>
    public string Path => _path.ToString();

    /// <summary>Description.</summary>
    public Utf8Text Description { get; internal set; }

    /// <summary>Classification and additional classifications, in this order.</summary>
    public List<Classification> Classifications { get; } = [];

    /// <summary>Country of origin, where an extension states it.</summary>
    public Utf8Text Origin { get; internal set; }

    /// <summary>Field of the origin, relative to the item.</summary>
    public string OriginField { get; internal set; } = "";

    /// <summary>Country of delivery, as code or name.</summary>
    public Utf8Text DeliveryCountry { get; internal set; }

    /// <summary>Field of the country of delivery, relative to the item.</summary>
    public string DeliveryField => _delivery.Name.Length > 0 ? $"{_delivery.Address}.{_delivery.Name}" : "";

    internal void Reset(ElementPath path)
    {
        _path = path;
        Description = Origin = DeliveryCountry = default;
        OriginField = "";
        _delivery = ("", "");
        Classifications.Clear();
    }

    internal void SetDelivery(string address, string name) => _delivery = (address, name);
}

/// <summary>A code of a classification.</summary>
/// <param name="Field">Field, relative to the item: <c>classification</c> or <c>additionalClassifications[0]</c>.</param>
/// <param name="Scheme">Scheme, as published.</param>
/// <param name="Id">Code, as published.</param>
/// <param name="Description">Description.</param>
public readonly record struct Classification(string Field, Utf8Text Scheme, Utf8Text Id, Utf8Text Description);

/// <summary>A title or description.</summary>
/// <param name="Path">JSON path.</param>
/// <param name="Text">Text.</param>
/// <param name="IsTitle">True for a title.</param>
public readonly record struct Passage(string Path, Utf8Text Text, bool IsTitle);
