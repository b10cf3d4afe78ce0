using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Recognition;

/// <summary>What a process is about, recognised once and read by all indicators.</summary>
internal sealed class ProcessReading
{
    public required ContractingProcess Process { get; init; }

    /// <summary>Goods by <see cref="Good.Index"/>: the clearest place that names each, and how many places do.</summary>
    public SortedDictionary<int, (RecognisedGood Best, int Count)> Goods { get; } = [];

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

    public void AddGood(RecognisedGood good)
    {
        if (!Goods.TryGetValue(good.Good.Index, out var known))
        {
            Goods.Add(good.Good.Index, (good, 1));
            return;
        }

        var best = !known.Best.Origin.IsStated && good.Origin.IsStated ? good : known.Best;
        Goods[good.Good.Index] = (best, known.Count + 1);
    }

    public void AddSector(Sector sector, string path, string evidence)
    {
        if (!Sectors.Exists(s => s.Sector == sector))
        {
            Sectors.Add(new RecognisedSector(sector, path, evidence));
        }
    }

    public void AddCondition(Condition condition, string path, string evidence)
    {
        if (!Conditions.Exists(c => c.Id == condition.Id))
        {
            Conditions.Add(new RecognisedCondition(condition.Id, condition.Name, path, evidence, condition.Basis));
        }
    }
}
