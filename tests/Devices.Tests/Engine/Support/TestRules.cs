namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>Rule files over the metrics m0 to m3. Each reads all four on every profile, so that slots have one order.</summary>
internal static class TestRules
{
    private const string Head = """
        groups:
          - name: g
            rules:
              - alert: Any
                tier: general
                expr: m0 > 1000 or m1 > 1000 or m2 > 1000 or m3 > 1000

        """;

    private const string Gas = """
              - alert: Gas
                tier: significant
                expr: m1 > 30
                keep_firing_for: 5s
                labels: { team: night }

        """;

    private const string Wet = """
              - alert: Wet
                tier: general
                select: { type: a }
                expr: m2 > 30 or m3 > 45

        """;

    public static string[] Versions { get; } = [Head + Gas + Hot(30) + Wet, Head + Hot(20) + Gas, Head + Wet + Gas + Hot(30)];

    private static string Hot(int limit) => $$"""
              - alert: Hot
                tier: general
                expr: m0 > {{limit}}
                clear: m0 < 15
                for: 2s
                tiers: [{ tier: major, expr: m0 > 45 }]

        """;
}
