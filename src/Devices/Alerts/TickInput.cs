namespace Fengsui.Devices.Alerts;

/// <summary>Journal time has passed: after everything that the tick did to rules.</summary>
internal sealed record TickInput(long Position, long TimeMs) : AlertInput(Position, int.MaxValue);
