using System.Buffers.Text;
using System.Text.Unicode;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>
/// Reads InfluxDB's line protocol: a line is the row of one device. Fields <c>lat</c> and <c>lon</c> are a position, by the name that the tag
/// <c>metric</c> gives when it is one of a position. The tag <c>quality</c>, when it is a word of ours, is about all readings of the line. One a
/// connection; not thread-safe.
/// </summary>
internal sealed class LineDecoder(LineOptions options, int maxNameBytes)
{
    /// <summary>A line that says of its readings that they are bad has this behind their names, and no value.</summary>
    private static ReadOnlySpan<byte> QualitySuffix => "_quality"u8;

    private readonly MetricName _name = new(maxNameBytes);
    private readonly byte[] _key = new byte[maxNameBytes];
    private readonly byte[] _measurement = new byte[maxNameBytes];
    private bool _isBad;

    /// <summary>Hands the row of one line to <paramref name="rows"/>; nothing of it when there is a fault.</summary>
    /// <param name="line">Trimmed, not empty.</param>
    /// <param name="topic">The topic that brought it; empty when none did.</param>
    /// <param name="precision">Of its timestamp.</param>
    public LineFault Decode(ReadOnlySpan<byte> line, ReadOnlySpan<byte> topic, LinePrecision precision, MessageRows rows, IDeviceResolver devices)
    {
        if (!Utf8.IsValid(line))
        {
            return LineFault.NotText;
        }

        var fault = LineParts.Cut(line, out var parts);
        if (fault != LineFault.None)
        {
            return fault;
        }

        var timeMs = RowRun.NoTime;
        if (!parts.Time.IsEmpty && !TryTime(parts.Time, precision, out timeMs))
        {
            return LineFault.InvalidTimestamp;
        }

        var source = new LineSource(parts);
        if (options.Device.Resolve(topic, ref source, devices, out var refused) is not { } device)
        {
            rows.LeaveOut(refused);
            return LineFault.None;
        }

        rows.Device = device;
        _isBad = false;
        if (QualityWords.TryRead(parts.Tag("quality"u8), out var quality))
        {
            _isBad = quality == Quality.Bad;
            rows.OfQuality(quality);
        }

        fault = ReadFields(parts, rows);
        if (fault != LineFault.None)
        {
            rows.DropRow();
        }
        else if (timeMs == RowRun.NoTime)
        {
            rows.EndRow();
        }
        else
        {
            rows.EndRowAt(timeMs);
        }

        return fault;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, LinePrecision precision, out long timeMs)
    {
        timeMs = 0;
        return Utf8Parser.TryParse(text, out long stated, out var used) && used == text.Length && precision.TryMilliseconds(stated, out timeMs);
    }

    private LineFault ReadFields(in LineParts parts, MessageRows rows)
    {
        var measurement = LineText.Unescape(parts.Measurement, _measurement);
        if (measurement <= 0)
        {
            return LineFault.NameTooLong;
        }

        var place = default(PositionParts);
        var rest = parts.Fields;
        do
        {
            var fault = ReadField(ref rest, measurement, rows, ref place);
            if (fault != LineFault.None)
            {
                return fault;
            }
        }
        while (!rest.IsEmpty);
        return AddPosition(parts, place, measurement, rows);
    }

    private LineFault ReadField(ref ReadOnlySpan<byte> rest, int measurement, MessageRows rows, ref PositionParts place)
    {
        var equals = LineText.IndexOfBare(rest, 0, (byte)'=', (byte)',');
        if (equals == 0)
        {
            return LineFault.MissingFieldKey;
        }

        if (equals + 1 >= rest.Length || rest[equals] == (byte)',' || rest[equals + 1] == (byte)',')
        {
            return LineFault.MissingFieldValue;
        }

        var end = rest[equals + 1] == (byte)'"' ? LineValue.CloseOfQuotes(rest, equals + 2) + 1 : LineText.IndexOfBare(rest, equals + 1, (byte)',', (byte)',');
        if (end < rest.Length && rest[end] != (byte)',')
        {
            return LineFault.InvalidNumber;
        }

        var raw = rest[(equals + 1)..end];
        var key = _key.AsSpan(0, Math.Max(0, LineText.Unescape(rest[..equals], _key)));
        rest = end + 1 < rest.Length ? rest[(end + 1)..] : end < rest.Length ? ","u8 : default;
        if (_isBad && raw.SequenceEqual("\"bad\""u8) && key.EndsWith(QualitySuffix))
        {
            return Add(measurement, key[..^QualitySuffix.Length], double.NaN, rows);
        }

        var fault = LineValue.Read(raw, out var value, out var isText);
        if (fault != LineFault.None || isText)
        {
            NoteText(fault == LineFault.None, rows);
            return fault;
        }

        return place.Take(key, value) ? LineFault.None : Add(measurement, key, value, rows);
    }

    private void NoteText(bool isText, MessageRows rows)
    {
        if (!isText)
        {
            return;
        }

        if (options.IgnoresText)
        {
            rows.ExpectNothing();
        }
        else
        {
            rows.LeaveOut(RejectReason.UnsupportedValue);
        }
    }

    /// <summary>A field called <c>value</c> says nothing: its measurement does.</summary>
    private LineFault Add(int measurement, ReadOnlySpan<byte> key, double value, MessageRows rows)
    {
        var isBare = key.SequenceEqual("value"u8);
        var length = options.NamesMeasurement || isBare ? _name.Append(0, _measurement.AsSpan(0, measurement)) : 0;
        length = isBare ? length : _name.Append(length, key);
        return length == 0 ? LineFault.NameTooLong
            : rows.Add(_name.First(length), value) ? LineFault.None
            : LineFault.TooManyReadings;
    }

    private LineFault AddPosition(in LineParts parts, in PositionParts place, int measurement, MessageRows rows)
    {
        if (!place.IsComplete)
        {
            var fault = place.HasLatitude ? Add(measurement, "lat"u8, place.Latitude, rows) : LineFault.None;
            return fault == LineFault.None && place.HasLongitude ? Add(measurement, "lon"u8, place.Longitude, rows) : fault;
        }

        var named = _key.AsSpan(0, Math.Max(0, LineText.Unescape(parts.Tag("metric"u8), _key)));
        var length = named.EndsWith(".position"u8) ? _name.Append(0, named)
            : options.NamesMeasurement ? _name.Append(0, _measurement.AsSpan(0, measurement))
            : 0;
        length = _name.AppendPosition(length);
        return length == 0 ? LineFault.NameTooLong
            : rows.AddPosition(_name.First(length), place.Latitude, place.Longitude) ? LineFault.None
            : LineFault.TooManyReadings;
    }
}
