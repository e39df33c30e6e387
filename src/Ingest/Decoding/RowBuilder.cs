using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>Collects the readings of one row as the full decoder meets them, then stages them as one row or several.</summary>
internal sealed class RowBuilder(DeviceRegistry registry)
{
    private readonly ushort[] _metrics = new ushort[Shape.MaxMetrics];
    private readonly double[] _values = new double[Shape.MaxMetrics];
    private readonly Quality[] _qualities = new Quality[Shape.MaxMetrics];
    private int _count;
    private bool _allGood = true;

    public int Count => _count;

    public void Clear()
    {
        _count = 0;
        _allGood = true;
    }

    /// <summary>False when the row must be staged first: it is full, or has this metric already.</summary>
    public bool TryAdd(ushort metric, double value, Quality quality)
    {
        if (_count == _metrics.Length || _metrics.AsSpan(0, _count).Contains(metric))
        {
            return false;
        }

        _metrics[_count] = metric;
        _values[_count] = value;
        _qualities[_count] = quality;
        _allGood &= quality == Quality.Good;
        _count++;
        return true;
    }

    /// <summary>Stages what was collected and empties itself.</summary>
    public void Stage(RowStage stage, Device device, RowFlags flags, uint fingerprint, long eventTimeMs)
    {
        if (_count == 0)
        {
            return;
        }

        if (registry.Shape(_metrics.AsSpan(0, _count)) is { } shape)
        {
            device.LikelyShape = shape;
            stage.Row(device.Id, shape.Id, flags, fingerprint, eventTimeMs, _values.AsSpan(0, _count), Qualities(0, _count));
        }
        else
        {
            StageOneByOne(stage, device, flags, fingerprint, eventTimeMs);
        }

        Clear();
    }

    private void StageOneByOne(RowStage stage, Device device, RowFlags flags, uint fingerprint, long eventTimeMs)
    {
        for (var i = 0; i < _count; i++)
        {
            var shape = registry.Shape(_metrics.AsSpan(i, 1))!;
            stage.Row(device.Id, shape.Id, flags, fingerprint, eventTimeMs, _values.AsSpan(i, 1), Qualities(i, 1));
        }
    }

    private ReadOnlySpan<Quality> Qualities(int start, int count) =>
        _allGood ? default : _qualities.AsSpan(start, count);
}
