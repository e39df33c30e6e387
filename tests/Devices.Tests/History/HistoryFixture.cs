using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.History;

/// <summary>Small stores and rows for tests.</summary>
internal static class HistoryFixture
{
    public const long StartMs = 1_763_769_600_000;

    public static readonly Shape Pair = new(0, [1, 2]);
    public static readonly Shape Alone = new(1, [1]);
    public static readonly Shape Five = new(2, [1, 2, 3, 4, 5]);

    public static EmbeddedHistoryOptions Options(string folder) => new()
    {
        Directory = folder,
        ArenaSizeBytes = 1 << 20,
        BackgroundMaintenance = false,
        RawRetention = TimeSpan.FromDays(365_000),
        Tiers = [],
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public static EmbeddedHistory Open(string folder) => Open(Options(folder));

    public static EmbeddedHistory Open(EmbeddedHistoryOptions options, int shards = 1) =>
        EmbeddedHistory.Open(options, shards, TimeProvider.System);

    internal static EmbeddedHistory Open(EmbeddedHistoryOptions options, IHistoryFiles files) =>
        EmbeddedHistory.Open(options, 1, TimeProvider.System, files);

    public static TestRow Row(int device, long timeMs, long position, params double[] values)
    {
        var shape = values.Length switch { 1 => Alone, 2 => Pair, _ => Five };
        return new TestRow(device, timeMs, shape, values, position) { ReceiveTimeMs = timeMs + 7, Source = device + 100 };
    }

    public static async Task FlushAsync(EmbeddedHistory history, long position)
    {
        history.Writer(0).Mark(position);
        await history.WaitForPositionAsync(position).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public static List<HistoryReading> All(EmbeddedHistory history, int device, ushort metric) =>
        [.. history.Query(device, metric, long.MinValue, long.MaxValue)];
}
