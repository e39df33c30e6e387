using System.Globalization;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>How long the tests with damaged input run: <c>FENGSUI_MUTATIONS=1000000</c> for the long form, <c>FENGSUI_SEED</c> to repeat one.</summary>
internal static class MutationRuns
{
    private const int Usual = 50_000;

    public static int Count => Number("FENGSUI_MUTATIONS", Usual);

    public static int Seed { get; } = Number("FENGSUI_SEED", Environment.TickCount & 0xFFFFFF);

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
