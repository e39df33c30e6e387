using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.History;

/// <summary>A row as a test writes it.</summary>
internal sealed record TestRow(int Device, long TimeMs, Shape Shape, double[] Values, long Position)
{
    public HistoryRowFlags Flags { get; init; }

    public Quality[] Qualities { get; init; } = [];

    public long ReceiveTimeMs { get; init; }

    public int Source { get; init; }

    public void AppendTo(HistoryShardWriter writer) =>
        Assert.True(writer.Append(Device, TimeMs, Shape, Flags, Values, Qualities, Position, ReceiveTimeMs, Source));
}
