using System.Globalization;
using Palermo.Identify;
using Palermo.Knowledge.Words;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>Which processes to screen.</summary>
/// <param name="Buyer">Part of the buyer's name or id; accents and case do not matter. Blank for all.</param>
/// <param name="Countries">ISO codes of which one must be a country of the process. Empty for all.</param>
/// <param name="From">First date of the release, or null.</param>
/// <param name="To">Last date of the release, or null.</param>
internal sealed record ProcessFilter(string Buyer, IReadOnlySet<string> Countries, DateOnly? From, DateOnly? To)
{
    private readonly string _buyer = Folding.Fold(Buyer);

    public bool TakesBefore(ContractingProcess process)
    {
        if (_buyer.Length > 0 && !Folding.Fold(process.BuyerName.ToString()).Contains(_buyer, StringComparison.Ordinal) && !Folding.Fold(process.BuyerId.ToString()).Contains(_buyer, StringComparison.Ordinal))
        {
            return false;
        }

        if (From is null && To is null)
        {
            return true;
        }

        // A process without a date can't be said to lie in the span.
        return DateTimeOffset.TryParse(process.Date.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            && !(DateOnly.FromDateTime(date.Date) < From) && !(DateOnly.FromDateTime(date.Date) > To);
    }

    public bool TakesAfter(Assessment assessment) => Countries.Count == 0 || assessment.Countries.Any(Countries.Contains);
}
