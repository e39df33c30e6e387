using Fengsui.Rules.Binding;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Functions.Zones;

/// <summary>Makes the node of a function that reads what is known of the site.</summary>
internal static class SiteCall
{
    private static readonly Unit Seconds = UnitTable.Find("s")!;
    private static readonly Unit Kilograms = UnitTable.Find("kg")!;

    /// <param name="canonical">Function and parameters.</param>
    public static BoundCall Truth(FunctionCall call, string canonical, Func<ZoneState, long, bool> read) =>
        new(new ZoneTruthNode(new SiteInput(canonical, call.Written, (zone, now) => read(zone, now) ? 1 : 0)));

    /// <inheritdoc cref="Truth"/>
    public static BoundCall Number(FunctionCall call, string canonical, Func<ZoneState, long, double> read) =>
        new(new ZoneNumberNode(new SiteInput(canonical, call.Written, read)));

    /// <summary>As <see cref="Number"/>, in seconds.</summary>
    public static BoundCall Time(FunctionCall call, string canonical, Func<ZoneState, long, double> read) =>
        Number(call, canonical, read) with { Unit = Seconds };

    /// <summary>As <see cref="Number"/>, in kilograms.</summary>
    public static BoundCall Mass(FunctionCall call, string canonical, Func<ZoneState, long, double> read) =>
        Number(call, canonical, read) with { Unit = Kilograms };
}
