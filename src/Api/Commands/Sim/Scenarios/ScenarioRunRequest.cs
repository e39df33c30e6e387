using Fengsui.Scenarios.Live;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>What <c>fengsui sim scenario run</c> was asked for.</summary>
/// <param name="Name">A file or a shipped scenario.</param>
/// <param name="Seed">The first.</param>
/// <param name="Seeds">How many.</param>
/// <param name="Rules">For offline runs; null for the shipped packs.</param>
/// <param name="Out">Where files are written; null for nowhere.</param>
/// <param name="Server">For live runs.</param>
internal sealed record ScenarioRunRequest(string Name, ulong Seed, int Seeds, bool IsOffline, string? Rules, string? Out, LiveOptions Server);
