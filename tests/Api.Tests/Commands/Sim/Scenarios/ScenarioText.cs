using Fengsui.Rules;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Reading;

namespace Fengsui.Api.Tests.Commands.Sim.Scenarios;

/// <summary>Small scenarios for tests.</summary>
internal static class ScenarioText
{
    /// <summary>One detector, and what the test adds.</summary>
    public static string With(string more, string lasts = "5m") => $$"""
        scenario: small
        summary: A detector
        lasts: {{lasts}}
        zones: [{ id: z }]
        devices:
          - id: g-1
            type: gas-detector
            zone: z
            sends: { gateway: gw, every: 1s, jitter: 100ms, delay: 100ms }
            values: { lel: { is: 1, noise: 0.1, resolution: 0.1 }, seq: counter }
          - id: g-2
            type: gas-detector
            zone: z
            sends: { gateway: gw, every: 1s }
            values: { lel: { is: 1, noise: 0.1 } }
        {{more}}
        """;

    public static Scenario Read(string text) =>
        ScenarioReader.Read("small.yaml", text, out var diagnostics) ?? throw new InvalidOperationException(string.Join('\n', diagnostics));

    public static IReadOnlyList<Diagnostic> Mistakes(string text)
    {
        Assert.Null(ScenarioReader.Read("small.yaml", text, out var diagnostics));
        return diagnostics;
    }
}
