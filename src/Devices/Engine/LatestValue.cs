using Fengsui.Rules.Model;

namespace Fengsui.Devices.Engine;

/// <summary>The newest reading of one metric of one device.</summary>
public sealed record LatestValue(string Metric, double Value, Quality Quality, long EventTimeMs);
