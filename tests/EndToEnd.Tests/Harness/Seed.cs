using System.Globalization;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>The seed of a test that draws: printed, and taken from <c>FENGSUI_SEED</c> to repeat a run.</summary>
internal static class Seed
{
    public static int Take(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FENGSUI_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        output.WriteLine($"FENGSUI_SEED={seed}");
        return seed;
    }
}
