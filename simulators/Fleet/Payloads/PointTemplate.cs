using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Fengsui.Fleet.Payloads;

/// <summary>
/// The JSON of one sample, rendered once, and the places where its digits go. Writing a sample is a copy and a few
/// two-digit patches.
/// </summary>
internal sealed class PointTemplate
{
    private readonly byte[] _bytes;
    private readonly int[] _valueOffsets;
    private readonly MetricModel[] _models;
    private readonly int _timeOffset = -1;

    public PointTemplate(IReadOnlyList<string> metrics, bool timed, bool spaced)
    {
        var colon = spaced ? ": " : ":";
        var comma = spaced ? ", " : ",";
        var text = new StringBuilder();
        if (timed)
        {
            text.Append("{\"ts\"").Append(colon);
            _timeOffset = text.Length;
            text.Append('0', FixedDecimal.TimeWidth).Append(comma).Append("\"values\"").Append(colon);
        }

        text.Append('{');
        _models = new MetricModel[metrics.Count];
        _valueOffsets = new int[metrics.Count];
        for (var i = 0; i < metrics.Count; i++)
        {
            if (!MetricModel.TryGet(metrics[i], out _models[i]))
            {
                throw new ArgumentException($"unknown metric {metrics[i]}", nameof(metrics));
            }

            text.Append(i == 0 ? "" : comma).Append('"').Append(metrics[i]).Append('"').Append(colon);
            _valueOffsets[i] = text.Length;
            text.Append('0', FixedDecimal.Width);
        }

        text.Append(timed ? "}}" : "}");
        _bytes = Encoding.UTF8.GetBytes(text.ToString());
    }

    public int Length => _bytes.Length;

    public int ValueCount => _models.Length;

    /// <summary>Writes one sample to the start of <paramref name="destination"/>, <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> destination, in FleetSample sample)
    {
        _bytes.CopyTo(destination);
        ref var start = ref MemoryMarshal.GetReference(destination);
        if (_timeOffset >= 0)
        {
            FixedDecimal.WriteTime(ref Unsafe.Add(ref start, _timeOffset), sample.EventTimeMs);
        }

        var noise = sample.Noise;
        for (var i = 0; i < _models.Length; i++)
        {
            FixedDecimal.Write(ref Unsafe.Add(ref start, _valueOffsets[i]), ValueAt(i, sample, ref noise));
        }
    }

    /// <summary>The values of one sample in hundredths, as <see cref="Write"/> renders them.</summary>
    public void Values(Span<int> hundredths, in FleetSample sample)
    {
        var noise = sample.Noise;
        for (var i = 0; i < _models.Length; i++)
        {
            hundredths[i] = ValueAt(i, sample, ref noise);
        }
    }

    private int ValueAt(int metric, in FleetSample sample, ref ulong noise)
    {
        noise = (noise * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
        return _models[metric].At(sample.Device, sample.Index, (int)(noise >> 56), sample.Fault);
    }
}
