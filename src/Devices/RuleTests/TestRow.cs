using Fengsui.Rules.Model;

namespace Fengsui.Devices.RuleTests;

/// <summary>What one device says at one event time, ms after the start.</summary>
internal sealed record TestRow(string Device, long EventMs, IReadOnlyList<(string Metric, double Value, Quality Quality)> Values);
