namespace Palermo.Storage.Changes;

/// <summary>Who does something.</summary>
/// <param name="Id">The person; null for the program itself.</param>
/// <param name="Name">Their name, or what acts for them: <c>key NAME</c>, <c>Palermo</c>.</param>
public sealed record Actor(Guid? Id, string Name)
{
    /// <summary>The program itself.</summary>
    public static Actor Program { get; } = new(null, "Palermo");
}
