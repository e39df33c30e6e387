using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Collects the buckets of one series after the other and appends them to a group as chunks.</summary>
internal sealed class TierSink(GroupWriter writer, long stepMs)
{
    private readonly TierColumns _columns = new();
    private readonly TierChunk _codec = new();
    private readonly ByteSink _bytes = new(64 << 10);
    private int _device;
    private ushort _metric;

    public void Start(int device, ushort metric)
    {
        Finish();
        (_device, _metric) = (device, metric);
    }

    /// <summary>Starts must rise.</summary>
    public void Add(TierBucket bucket)
    {
        if (_columns.IsFull)
            Finish();
        _columns.Add(bucket, stepMs);
    }

    /// <summary>Ends the series.</summary>
    public void Finish()
    {
        if (_columns.Count == 0)
            return;
        _bytes.Clear();
        _codec.Encode(_columns, _bytes);
        writer.AddTier(_device, _metric, _columns.StartMs(0, stepMs), _columns.StartMs(_columns.Count - 1, stepMs), _columns.Count, _bytes.Written);
        _columns.Count = 0;
    }
}
