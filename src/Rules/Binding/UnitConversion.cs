namespace Fengsui.Rules.Binding;

/// <summary>
/// Conversion between two units that the rule language knows: a value times <paramref name="Scale"/> plus <paramref name="Offset"/>.
/// </summary>
/// <param name="Scale">Not zero.</param>
/// <param name="Offset">In the target unit.</param>
public sealed record UnitConversion(double Scale, double Offset)
{
    /// <summary>Every unit that can be named.</summary>
    public static IEnumerable<string> Names => UnitTable.Names;

    /// <summary>Null when one of the units is not known, or they measure different things: volume and mass need the gas, so they do too.</summary>
    public static UnitConversion? Find(string from, string to) =>
        UnitTable.Find(from) is { } source && UnitTable.Find(to) is { } target && source.Dimension == target.Dimension
            ? new UnitConversion(source.Scale / target.Scale, (source.Offset - target.Offset) / target.Scale)
            : null;
}
