using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate.Plans;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Plans;

/// <summary>Corrective action plans between the store and what they mean.</summary>
public static class PlanRows
{
    /// <summary>Kind of the event by which a contract says what times bind it (<see cref="BoundTime"/>).</summary>
    public const string BoundKind = "bound";

    /// <summary>The times that a contract was last found to be bound by, as <see cref="BoundTime.Write"/> writes them; blank if none.</summary>
    public static async Task<string> BoundOf(WorkspaceDb db, Guid contractId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ContractEvents.Where(e => e.ContractId == contractId && e.Kind == BoundKind).OrderByDescending(e => e.At).Select(e => e.Text).FirstOrDefaultAsync(cancel).ConfigureAwait(false) ?? "";
    }

    /// <summary>A plan as its entries make it.</summary>
    public static async Task<CorrectivePlan> State(WorkspaceDb db, Guid planId, Conduct conduct, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return CorrectivePlan.Of((await db.PlanEntries.AsNoTracking().Where(e => e.PlanId == planId).OrderBy(e => e.Number).ToListAsync(cancel).ConfigureAwait(false)).Select(EventOf), conduct);
    }

    /// <summary>Plans by id, of entries of several.</summary>
    public static IReadOnlyDictionary<Guid, CorrectivePlan> StatesOf(IEnumerable<PlanEntry> rows, Conduct conduct) =>
        rows.GroupBy(e => e.PlanId).ToDictionary(g => g.Key, g => CorrectivePlan.Of(g.OrderBy(e => e.Number).Select(EventOf), conduct));

    /// <summary>Opens a plan on a contract, under the times that bind the contract now.</summary>
    /// <exception cref="Mitigate.RefusedException">It may not be.</exception>
    public static async Task<Plan> Open(Change change, Contract contract, PlanEvent opened, Guid? alertId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(opened);
        _ = CorrectivePlan.Open(opened);
        await change.Db.SaveChangesAsync(cancel).ConfigureAwait(false); // what this change found to bind is not in the database yet
        var plan = new Plan { Id = change.NewId(), ContractId = contract.Id, AlertId = alertId, CreatedAt = change.At };
        change.Db.Plans.Add(plan);
        Write(change, contract, plan.Id, 1, opened);
        if (await BoundOf(change.Db, contract.Id, cancel).ConfigureAwait(false) is { Length: > 0 } bound)
        {
            Write(change, contract, plan.Id, 2, opened with { Kind = PlanKinds.Bound, Text = bound, Word = "" });
        }

        return plan;
    }

    /// <summary>Adds an event to a plan, if it may happen.</summary>
    /// <exception cref="Mitigate.RefusedException">It may not.</exception>
    public static async Task<CorrectivePlan> Add(Change change, Contract contract, Guid planId, Conduct conduct, Func<Instant, PlanEvent> make, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(make);
        await change.Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        var state = await State(change.Db, planId, conduct, cancel).ConfigureAwait(false);
        var e = make(change.At.ToInstant());
        if (e.Kind == PlanKinds.Bound)
        {
            throw new Mitigate.RefusedException("plan.unknown"); // what binds is found by the program, when the plan is opened
        }

        e = e.At < state.Events[^1].At ? e with { At = state.Events[^1].At } : e;
        var after = state.After(e, conduct);
        Write(change, contract, planId, state.Events.Count + 1, e);
        return after;
    }

    private static void Write(Change change, Contract contract, Guid planId, int number, PlanEvent e)
    {
        var row = new PlanEntry
        {
            Id = change.NewId(), PlanId = planId, Number = number, Kind = e.Kind, Action = e.Action, Text = e.Text, Word = e.Word, Day = e.Day?.ToDateOnly(), Effect = e.Effect,
            Files = string.Join(' ', e.Evidence ?? []), Side = e.By.Side.ToString(), ById = e.By.Id, ByName = e.By.Name, At = e.At.ToDateTimeOffset(),
        };
        change.Db.PlanEntries.Add(row);
        change.Log($"plan.{e.Kind}", planId, contract.OrganizationId, RowHash.Of(row));
    }

    private static PlanEvent EventOf(PlanEntry e) => new(e.Kind, e.At.ToInstant(), new PlanActor(e.ById, e.ByName, Enum.Parse<PlanSide>(e.Side)), e.Action, e.Text, e.Word, e.Day is { } d ? LocalDate.FromDateOnly(d) : null, e.Effect, [.. e.Files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)]);
}
