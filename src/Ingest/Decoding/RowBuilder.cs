using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>Collects the readings of one time as the full decoder meets them, then stages them as one row or several.</summary>
internal sealed class RowBuilder(DeviceRegistry registry)
{
    private readonly ushort[] _metrics = new ushort[Shape.MaxMetrics];
    private readonly double[] _values = new double[Shape.MaxMetrics];
    private readonly Quality[] _qualities = new Quality[Shape.MaxMetrics];

    /// <summary>What does not fit into the row in hand: a metric named twice, or more than a row holds. Bounded by the readings of a message.</summary>
    private readonly List<(ushort Metric, double Value, Quality Quality)> _rest = [];

    private int _count;
    private bool _allGood = true;

    /// <summary>What the sender says of all readings of the row in hand, also of those to come; one that is worse by itself stays so.</summary>
    public Quality Quality { get; set; }

    public void Clear()
    {
        Quality = Quality.Good;
        _rest.Clear();
        ClearRow();
    }

    public void Add(ushort metric, double value, Quality quality)
    {
        if (!TryPut(metric, value, quality))
        {
            _rest.Add((metric, value, quality));
        }
    }

    /// <summary>Stages what was collected, in the order of the message for each metric, and empties itself.</summary>
    /// <param name="head">Its fingerprint, if any, is that of the first row; each further one adds one.</param>
    /// <returns>Rows staged.</returns>
    public int Stage(RowStage stage, Device device, in RowHead head)
    {
        var rows = StageRow(stage, device, head, 0);
        foreach (var (metric, value, quality) in _rest)
        {
            if (!TryPut(metric, value, quality))
            {
                rows += StageRow(stage, device, head, rows);
                TryPut(metric, value, quality);
            }
        }

        _rest.Clear();
        rows += StageRow(stage, device, head, rows);
        Quality = Quality.Good;
        return rows;
    }

    private bool TryPut(ushort metric, double value, Quality quality)
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

    private int StageRow(RowStage stage, Device device, in RowHead head, int number)
    {
        if (_count == 0)
        {
            return 0;
        }

        Degrade();
        var rows = 1;
        if (registry.Shape(_metrics.AsSpan(0, _count)) is { } shape)
        {
            device.Remember(shape);
            stage.Row(Numbered(head, number), shape.Id, _values.AsSpan(0, _count), Qualities(0, _count));
        }
        else
        {
            rows = StageOneByOne(stage, head, number);
        }

        ClearRow();
        return rows;
    }

    /// <summary>The table of shapes is full. Shapes of one metric are always there.</summary>
    private int StageOneByOne(RowStage stage, in RowHead head, int number)
    {
        for (var i = 0; i < _count; i++)
        {
            var shape = registry.Shape(_metrics.AsSpan(i, 1))!;
            stage.Row(Numbered(head, number + i), shape.Id, _values.AsSpan(i, 1), Qualities(i, 1));
        }

        return _count;
    }

    /// <summary>A bad reading has no value, whatever the sender wrote.</summary>
    private void Degrade()
    {
        if (Quality == Quality.Good)
        {
            return;
        }

        _allGood = false;
        for (var i = 0; i < _count; i++)
        {
            _values[i] = Quality == Quality.Bad ? double.NaN : _values[i];
            _qualities[i] = (Quality)Math.Max((byte)_qualities[i], (byte)Quality);
        }
    }

    /// <summary>
    /// Rows of one message must not share a fingerprint: the second would be taken for the first, sent again.
    /// </summary>
    private static RowHead Numbered(in RowHead head, int number) =>
        head.Fingerprint == 0 ? head : head with { Fingerprint = head.Fingerprint + (uint)number };

    private ReadOnlySpan<Quality> Qualities(int start, int count) =>
        _allGood ? default : _qualities.AsSpan(start, count);

    private void ClearRow()
    {
        _count = 0;
        _allGood = true;
    }
}
