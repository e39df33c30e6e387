namespace Fengsui.Devices.Alerts;

/// <summary>Journal time has passed. A value, since it comes all the time and must cost no memory.</summary>
internal readonly record struct TickInput(long Position, long TimeMs)
{
    /// <summary>After everything that the tick did to rules.</summary>
    public const int Index = int.MaxValue;
}
