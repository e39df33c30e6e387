using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>The beginnings of lines, <c>measurement,tag=value,… </c>, kept for each series until the device's facts change.</summary>
internal sealed class SeriesText(LineMapping mapping)
{
    /// <summary>Bound on the beginnings kept for pairs of device and metric, about 100 bytes each; beyond it they are made anew.</summary>
    private const int MaxKept = 1 << 18;

    private readonly TagRule[] _tags = [.. mapping.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];
    private readonly bool _isTall = mapping.Layout == LineLayout.Tall;
    private readonly Dictionary<(int Device, int Metric), (DeviceFacts Facts, byte[] Text)> _kept = [];
    private (DeviceFacts? Facts, byte[] Text)[] _ofDevices = [];

    /// <param name="metric">The metric's id and name; not looked at unless the layout is tall.</param>
    public byte[] Of(Device device, int metric, string metricName)
    {
        if (_isTall)
        {
            return OfMetric(device, metric, metricName);
        }

        if (device.Id >= _ofDevices.Length)
        {
            Array.Resize(ref _ofDevices, Math.Max(256, 2 * (device.Id + 1)));
        }

        ref var kept = ref _ofDevices[device.Id];
        if (!ReferenceEquals(kept.Facts, device.Facts))
        {
            kept = (device.Facts, Make(device, ""));
        }

        return kept.Text;
    }

    private byte[] OfMetric(Device device, int metric, string metricName)
    {
        var key = (device.Id, metric);
        if (_kept.TryGetValue(key, out var kept) && ReferenceEquals(kept.Facts, device.Facts))
        {
            return kept.Text;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        var text = Make(device, metricName);
        _kept[key] = (device.Facts, text);
        return text;
    }

    private byte[] Make(Device device, string metric)
    {
        var facts = device.Facts;
        var measurement = mapping.Measurement
            .Replace("{type}", facts.Type, StringComparison.Ordinal)
            .Replace("{zone}", facts.Zone, StringComparison.Ordinal)
            .Replace("{device}", device.Name, StringComparison.Ordinal)
            .Replace("{metric}", metric, StringComparison.Ordinal);
        List<byte> text = [.. LineText.Measurement(measurement)];
        foreach (var tag in _tags)
        {
            var value = tag.Source switch
            {
                TagSource.Device => device.Name,
                TagSource.Type => facts.Type,
                TagSource.Zone => facts.Zone,
                TagSource.Metric => metric,
                TagSource.Label => facts.Labels.GetValueOrDefault(tag.Argument, ""),
                _ => tag.Argument,
            };
            if (value.Length > 0)
            {
                text.AddRange([(byte)',', .. LineText.Name(tag.Key), (byte)'=', .. LineText.Name(value)]);
            }
        }

        text.Add((byte)' ');
        return [.. text];
    }
}
