using Fengsui.Devices.Records;

namespace Fengsui.Devices.Alerts;

/// <summary>Somebody wants something done with an alert.</summary>
internal sealed record CommandInput(long Position, AlertCommandRecord Record, long TimeMs) : AlertInput(Position, 0);
