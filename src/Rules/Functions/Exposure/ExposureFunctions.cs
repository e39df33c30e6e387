namespace Fengsui.Rules.Functions.Exposure;

/// <summary>Occupational exposure as GBZ 2.1-2019 defines it.</summary>
internal static class ExposureFunctions
{
    public static IEnumerable<RuleFunction> All { get; } = [ExposureFunction.Stel, ExposureFunction.Twa, new MacFunction(), new TimeToLimitFunction()];
}
