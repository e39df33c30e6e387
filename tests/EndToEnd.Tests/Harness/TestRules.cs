namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Rules that these tests add to the shipped ones, chosen so that the fleet's faults cross them often.</summary>
internal static class TestRules
{
    public const string Path = "rules/e2e.yaml";

    /// <summary>The fleet's heat fault passes 30 and 35 °C; a duration, so that kills also meet conditions that are pending.</summary>
    public const string Text = """
        groups:
          - name: e2e
            rules:
              - alert: Warm
                select: { type: default }
                expr: temperature > 30 °C
                clear: temperature < 28 °C
                for: 1s
                keep_firing_for: 1s
                tier: general
                tiers:
                  - { tier: significant, expr: temperature >= 35 °C, clear: temperature < 33 °C }
                step_down_after: 1s
                annotations:
                  summary: "{{ device }}: {{ value.temperature }} °C"

        """;
}
