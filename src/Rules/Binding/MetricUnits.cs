namespace Fengsui.Rules.Binding;

/// <summary>The units in which well-known metrics are reported, for sources that measure in others.</summary>
public static class MetricUnits
{
    /// <summary>Every unit that has a name here.</summary>
    public static IEnumerable<string> Names => UnitTable.Names;

    public static bool IsUnit(string name) => UnitTable.Find(name) is not null;

    /// <summary>The unit of a well-known metric; null when the metric has none of its own.</summary>
    public static string? Of(string metric) => UnitTable.NaturalUnitOf(metric)?.Name;

    /// <summary>How a value in <paramref name="unit"/> becomes one in the metric's unit: times <paramref name="scale"/>, plus <paramref name="offset"/>.</summary>
    /// <returns>False when the metric has no unit of its own, or measures something else, or the conversion needs to know more than the unit.</returns>
    public static bool TryConvert(string metric, string unit, out double scale, out double offset)
    {
        (scale, offset) = (1, 0);
        if (UnitTable.Find(unit) is not { } from || UnitTable.NaturalUnitOf(metric) is not { } to || (from.Dimension != to.Dimension && !from.IsBarePercent))
        {
            return false;
        }

        if (from.Dimension == to.Dimension && from.Name != to.Name)
        {
            scale = from.Scale / to.Scale;
            offset = (from.Offset - to.Offset) / to.Scale;
        }

        return from.Dimension == to.Dimension || to.Name.StartsWith('%');
    }
}
