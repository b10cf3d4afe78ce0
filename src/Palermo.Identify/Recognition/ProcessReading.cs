using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Recognition;

/// <summary>What a process is about, recognised once and read by all indicators. Used again for the next process.</summary>
internal sealed class ProcessReading
{
    public ContractingProcess Process { get; private set; } = null!;

    /// <summary>Goods in the order of <see cref="Good.Index"/>: the clearest place that names each, and how many places do.</summary>
    public List<(RecognisedGood Best, int Count)> Goods { get; } = [];

    public List<RecognisedSector> Sectors { get; } = [];

    public List<RecognisedCondition> Conditions { get; } = [];

    /// <summary>Places of those who deliver or offer to, and of delivery.</summary>
    public List<Place> Places { get; } = [];

    /// <summary>Place of the buyer, or null.</summary>
    public Place? BuyerPlace { get; set; }

    /// <summary>Items that a code or a text could be read of.</summary>
    public int ReadableItems { get; set; }

    /// <summary>Items that neither could be read of.</summary>
    public int UnreadableItems { get; set; }

    /// <summary>True if a title or description outside the items could be read.</summary>
    public bool HasReadablePassage { get; set; }

    /// <summary>True if some text is of a script without word lists here.</summary>
    public bool HasForeignText { get; set; }

    /// <summary>What is bought, by main category or by the codes.</summary>
    public Category Category { get; set; }

    /// <summary>True if some item has a code of a scheme known here.</summary>
    public bool HasKnownCode { get; set; }

    /// <summary>Forgets everything for the next process.</summary>
    public void Begin(ContractingProcess process)
    {
        Process = process;
        Goods.Clear();
        Sectors.Clear();
        Conditions.Clear();
        Places.Clear();
        BuyerPlace = null;
        ReadableItems = UnreadableItems = 0;
        HasReadablePassage = HasForeignText = HasKnownCode = false;
        Category = Category.Unknown;
    }

    /// <summary>True if the good is named already.</summary>
    public bool Names(int good) => At(good) is var at && at < Goods.Count && Goods[at].Best.Good.Index == good;

    /// <summary>Counts one more place that names a good known already. False if it is new, or told with its origin for the first time: then <see cref="AddGood"/> wants the evidence.</summary>
    public bool Counts(int good, bool originStated)
    {
        var at = At(good);
        if (at == Goods.Count || Goods[at].Best.Good.Index != good || (originStated && !Goods[at].Best.Origin.IsStated))
        {
            return false;
        }

        Goods[at] = (Goods[at].Best, Goods[at].Count + 1);
        return true;
    }

    public void AddGood(RecognisedGood good)
    {
        var at = At(good.Good.Index);
        if (at == Goods.Count || Goods[at].Best.Good != good.Good)
        {
            Goods.Insert(at, (good, 1));
            return;
        }

        var (best, count) = Goods[at];
        Goods[at] = (!best.Origin.IsStated && good.Origin.IsStated ? good : best, count + 1);
    }

    // A process names a handful of goods: a walk beats a tree.
    private int At(int good)
    {
        var at = 0;
        while (at < Goods.Count && Goods[at].Best.Good.Index < good)
        {
            at++;
        }

        return at;
    }

    public void AddSector(Sector sector, string path, string evidence) => Sectors.Add(new RecognisedSector(sector, path, evidence));

    public bool HasSector(Sector sector)
    {
        foreach (var known in Sectors)
        {
            if (ReferenceEquals(known.Sector, sector))
            {
                return true;
            }
        }

        return false;
    }

    public void AddCondition(Condition condition, string path, string evidence) =>
        Conditions.Add(new RecognisedCondition(condition.Id, condition.Name, path, evidence, condition.Basis));

    public bool HasCondition(Condition condition)
    {
        foreach (var known in Conditions)
        {
            if (known.Id == condition.Id)
            {
                return true;
            }
        }

        return false;
    }
}
