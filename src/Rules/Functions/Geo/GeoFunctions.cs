namespace Fengsui.Rules.Functions.Geo;

/// <summary>Functions over positions and routes.</summary>
internal static class GeoFunctions
{
    public static IEnumerable<RuleFunction> All { get; } =
        [new DeviationFunction(), new InsideFunction(), new OutsideFunction(), new InWindowFunction(), new StoppedFunction(), new SpeedFunction()];
}
