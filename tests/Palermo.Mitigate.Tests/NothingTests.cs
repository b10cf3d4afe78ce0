using System.Reflection;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Plans;
using Palermo.Mitigate.Watching;

namespace Palermo.Mitigate.Tests;

/// <summary>Public doors say which argument is missing.</summary>
public sealed class NothingTests
{
    public static TheoryData<string, string, int> Doors()
    {
        var doors = new TheoryData<string, string, int>();
        foreach (var type in new[] { typeof(ClockWork), typeof(Deadline), typeof(Place), typeof(WorkCalendar), typeof(CorrectivePlan), typeof(PlanClocks) })
        {
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && !m.Name.StartsWith('<') && m.Name is not ("Equals" or "ToString" or "GetHashCode" or "Deconstruct")))
            {
                for (var i = 0; i < method.GetParameters().Length; i++)
                {
                    // Whoever hands on an argument leaves the saying to whom it is for.
                    if (!method.GetParameters()[i].ParameterType.IsValueType && !(type == typeof(CorrectivePlan) && method.Name == "Of" && i == 1) && !(type == typeof(PlanClocks) && method.GetParameters()[i].Name == "place") && !(type == typeof(ClockWork) && method.GetParameters()[i].Name == "events"))
                    {
                        doors.Add(type.Name, method.Name, i);
                    }
                }
            }
        }

        return doors;
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void A_door_says_which_argument_is_missing(string type, string method, int missing)
    {
        var conduct = Conduct.Of(Catalogue.Default);
        var opened = new PlanEvent(PlanKinds.Opened, default, new PlanActor(Guid.NewGuid(), "a", PlanSide.Buyer), Text: "x", Word: "other");
        var plan = CorrectivePlan.Open(opened);
        var door = typeof(Deadline).Assembly.GetTypes().Single(t => t.Name == type).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Single(m => m.Name == method);
        object? Value(ParameterInfo p) => p.Position == missing ? null : p.ParameterType switch
        {
            var t when t == typeof(Conduct) => conduct,
            var t when t == typeof(Place) => Place.Of("DE"),
            var t when t == typeof(WorkCalendar) => WorkCalendar.Of("DE"),
            var t when t == typeof(CorrectivePlan) => plan,
            var t when t == typeof(PlanEvent) => opened,
            var t when t == typeof(string) => "DE",
            var t when t == typeof(LocalDate) => new LocalDate(2026, 1, 1),
            var t when t == typeof(IEnumerable<PlanEvent>) => Array.Empty<PlanEvent>(),
            var t when t == typeof(IEnumerable<ClockRule>) => Array.Empty<ClockRule>(),
            var t when t == typeof(IEnumerable<Happened>) => Array.Empty<Happened>(),
            var t when t == typeof(IReadOnlyList<Extension>) => Array.Empty<Extension>(),
            var t => Activator.CreateInstance(t),
        };
        var error = Assert.Throws<TargetInvocationException>(() => door.Invoke(door.IsStatic ? null : door.DeclaringType == typeof(WorkCalendar) ? WorkCalendar.Of("DE") : plan, [.. door.GetParameters().Select(Value)]));
        Assert.Equal(door.GetParameters()[missing].Name, Assert.IsType<ArgumentNullException>(error.InnerException).ParamName);
    }

    [Fact]
    public void What_is_told_comes_in_order()
    {
        var difference = Difference.Of(["y", "x"], [new Cause("b", "", "", "", ""), new Cause("a", "", "", "", "")]);
        Assert.Equal(["a", "b"], difference.Added.Select(c => c.Key));
        Assert.Equal(["x", "y"], difference.Gone);
    }
}
