using Fengsui.Devices.Actors;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>A row that the device's actor applied, at its place in the journal. Valid during the call that gives it.</summary>
internal readonly ref struct AppliedRow
{
    public required long Position { get; init; }

    /// <summary>Which row of its batch; with <see cref="Position"/> its identity.</summary>
    public required int Index { get; init; }

    /// <summary>With the facts as of the row's place.</summary>
    public required Device Device { get; init; }

    public required Shape Shape { get; init; }

    public required long TimeMs { get; init; }

    /// <summary>What the device's actor made of it.</summary>
    public RowRuling Ruling { get; init; }

    public RowFlags Flags { get; init; }

    public required long ReceiveMs { get; init; }

    /// <summary>Who sent it.</summary>
    public int Source { get; init; }

    /// <summary>In the order of <see cref="Shape"/>.</summary>
    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>Empty when every value is good.</summary>
    public required ReadOnlySpan<Quality> Qualities { get; init; }
}
