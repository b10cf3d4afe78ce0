namespace Palermo.Identify.Indicators;

/// <summary>A named test over a contracting process.</summary>
internal interface IIndicator
{
    /// <summary>Id, as in <c>docs/indicators/ID.md</c>, and title.</summary>
    IndicatorInfo About { get; }

    /// <summary>Adds findings, and says what it could not judge.</summary>
    void Judge(Judgement judgement);
}
