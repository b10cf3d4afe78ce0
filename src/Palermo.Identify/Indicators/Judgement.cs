using Palermo.Identify.Recognition;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Indicators;

/// <summary>One process on the bench: what it is about, and what the indicators say. Used again for the next.</summary>
internal sealed class Judgement(Catalogue catalogue, DateOnly asOf)
{
    private ProcessReading _reading = null!;

    public Catalogue Catalogue => catalogue;

    public DateOnly AsOf => asOf;

    public ProcessReading Reading => _reading;

    public ContractingProcess Process => _reading.Process;

    public List<Finding> Findings { get; } = [];

    public List<Unknown> Unknowns { get; } = [];

    /// <summary>Forgets the last process and takes the next.</summary>
    public void Begin(ProcessReading reading)
    {
        _reading = reading;
        Findings.Clear();
        Unknowns.Clear();
    }

    public void JudgedPartly(string indicator, string reason, params IReadOnlyList<string> missing) => Unknowns.Add(new Unknown(indicator, missing, reason, Partly: true));

    /// <summary>Adds a circumstance or a harm that the data makes possible, no more; a hint if it is not verified.</summary>
    public void AddPossible(string indicator, string subject, string path, string evidence, Severity severity, string sentence, string question, IReadOnlyList<string> sources, bool verified) => Findings.Add(new Finding
    {
        Indicator = indicator,
        Level = verified ? Salience.Of(severity, Likelihood.Possible) : Level.Hint,
        Severity = severity,
        Likelihood = Likelihood.Possible,
        Subject = subject,
        Path = path,
        Evidence = evidence,
        Sentence = sentence,
        Question = question,
        Sources = sources,
        Verified = verified,
    });

    /// <summary>Notes what keeps goods (or sectors) from being recognised. The same for all indicators that read items.</summary>
    public void NoteWhatCouldNotBeRead(string indicator)
    {
        if (_reading.ReadableItems > 0)
        {
            if (_reading.UnreadableItems > 0)
            {
                JudgedPartly(indicator, $"{_reading.UnreadableItems} of {_reading.ReadableItems + _reading.UnreadableItems} items have neither a code of a known scheme nor a text in a language known here.", "tender/items/classification", "tender/items/description");
            }
        }
        else if (_reading.HasReadablePassage)
        {
            Unknowns.Add(UnknownGoods.TitlesOnly(indicator));
        }
        else
        {
            Unknowns.Add(_reading.HasForeignText ? UnknownGoods.ForeignScript(indicator) : UnknownGoods.Nothing(indicator));
        }
    }

    /// <summary>The country of a listing or measure among the places of those who deliver; the buyer's only if theirs are not known.</summary>
    public Place? PlaceIn<T>(T listed, Func<T, string, bool> isListed)
    {
        foreach (var place in _reading.Places)
        {
            if (isListed(listed, place.Country.Id))
            {
                return place;
            }
        }

        return _reading.Places.Count == 0 && _reading.BuyerPlace is { } buyer && isListed(listed, buyer.Country.Id) ? buyer : null;
    }

    public string NameOf(string country) => catalogue.Countries.TryGetValue(country, out var found) ? found.Name : country;
}
