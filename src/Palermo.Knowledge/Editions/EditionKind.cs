namespace Palermo.Knowledge.Editions;

/// <summary>A list that newer editions can be imported of.</summary>
/// <param name="Id">Id on the command line.</param>
/// <param name="Title">Title of the list.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Shipped">Date of the edition in data/.</param>
/// <param name="Columns">Columns of an edition as kept here.</param>
/// <param name="Key">How many of the first columns tell a row from the others.</param>
public sealed record EditionKind(string Id, string Title, string Publisher, DateOnly Shipped, IReadOnlyList<string> Columns, int Key)
{
    /// <summary>The U.S. Department of Labor's list of goods, by good and country.</summary>
    public static EditionKind DolGoods { get; } = new(
        "dol-goods", "List of Goods Produced by Child Labor or Forced Labor", "U.S. Department of Labor, ILAB", new(2022, 9, 28),
        ["good", "country", "sector", "child_labour", "forced_labour", "forced_child_labour"], 2);

    /// <summary>The entity list of the Uyghur Forced Labor Prevention Act.</summary>
    public static EditionKind Uflpa { get; } = new(
        "uflpa", "UFLPA Entity List", "U.S. Department of Homeland Security, Forced Labor Enforcement Task Force", new(2025, 1, 15),
        ["name", "aliases", "sublist", "effective_date", "as_written"], 1);

    /// <summary>Withhold-release orders and findings under section 307 of the Tariff Act of 1930.</summary>
    public static EditionKind CbpOrders { get; } = new(
        "cbp-orders", "Withhold Release Orders and Findings", "U.S. Customs and Border Protection", new(2026, 6, 16),
        ["entity", "date", "measure", "aliases", "country", "product", "status", "as_written"], 2);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<EditionKind> All { get; } = [DolGoods, Uflpa, CbpOrders];
}
