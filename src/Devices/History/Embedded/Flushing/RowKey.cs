using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>A row of a device whose rows need sorting, splitting by shape or comparing with the store.</summary>
internal readonly record struct RowKey(long TimeMs, int Arrival, uint Row, Shape Shape, bool IsLate) : IComparable<RowKey>
{
    public int CompareTo(RowKey other)
    {
        var order = TimeMs.CompareTo(other.TimeMs);
        return order != 0 ? order : Arrival.CompareTo(other.Arrival);
    }
}
