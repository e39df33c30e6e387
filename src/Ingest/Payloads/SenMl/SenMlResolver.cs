using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>
/// Resolves the records of a pack (RFC 8428, 4.6): base values hold from their record on; names are joined, times and values added. One a
/// decoder; not thread-safe.
/// </summary>
internal sealed class SenMlResolver(SenMlOptions options, int maxNameBytes)
{
    /// <summary>Times below are relative to now, from it on absolute (4.5.3).</summary>
    private const double FirstAbsolute = 1 << 28;

    /// <summary>A longer unit is none that could be converted.</summary>
    private const int MaxUnitBytes = 32;

    private const double NewestVersion = 10;

    private readonly RowRun _run = new();
    private readonly byte[] _base = new byte[NameTemplate.MaxBytes];
    private readonly byte[] _baseUnit = new byte[MaxUnitBytes];
    private readonly byte[] _metric = new byte[maxNameBytes];
    private readonly bool _usesBase = options.Device.Uses(NameVariable.Base);
    private MessageRows _rows = null!;
    private Device? _device;
    private int _baseLength;
    private int _baseUnitLength;
    private double _baseTime;
    private double _baseValue;
    private double _baseSum;

    public void Begin(MessageRows rows)
    {
        _rows = rows;
        _run.Begin(rows);
        _baseLength = 0;
        _baseUnitLength = 0;
        (_baseTime, _baseValue, _baseSum) = (0, 0, 0);
        _device = null;
    }

    public void End() => _run.End();

    /// <summary>Takes the next record.</summary>
    /// <returns>Why the whole pack is refused.</returns>
    public RejectReason Take(in SenMlRecord record, ReadOnlySpan<byte> topic, IDeviceResolver devices)
    {
        if (record.IsMandatory || record.Version > NewestVersion)
        {
            return RejectReason.UnknownMessage;
        }

        if (!TrySetBase(record))
        {
            return RejectReason.NameTooLong;
        }

        return record.HasValue || record.HasText || record.HasData || record.Boolean is not null || !double.IsNaN(record.Sum)
            ? Add(record, topic, devices)
            : RejectReason.None;
    }

    private bool TrySetBase(in SenMlRecord record)
    {
        if (record.HasBaseName)
        {
            if (!record.BaseName.TryCopyTo(_base))
            {
                return false;
            }

            _baseLength = record.BaseName.Length;
            _device = null;
        }

        if (!record.BaseUnit.IsEmpty)
        {
            _baseUnitLength = record.BaseUnit.TryCopyTo(_baseUnit) ? record.BaseUnit.Length : 0;
        }

        _baseTime = double.IsNaN(record.BaseTime) ? _baseTime : record.BaseTime;
        _baseValue = double.IsNaN(record.BaseValue) ? _baseValue : record.BaseValue;
        _baseSum = double.IsNaN(record.BaseSum) ? _baseSum : record.BaseSum;
        return true;
    }

    private RejectReason Add(in SenMlRecord record, ReadOnlySpan<byte> topic, IDeviceResolver devices)
    {
        // A name that stands alone is the device's own.
        var isWhole = _baseLength == 0 && _usesBase;
        var source = new SenMlSource(isWhole ? record.Name : _base.AsSpan(0, _baseLength));
        var metric = isWhole || record.Name.IsEmpty ? options.Metric : Metric(record.Name);
        if (metric.IsEmpty)
        {
            _rows.LeaveOut(RejectReason.NameTooLong);
            return RejectReason.None;
        }

        var refused = RejectReason.None;
        if ((_device ?? options.Device.Resolve(topic, ref source, devices, out refused)) is not { } device)
        {
            _rows.LeaveOut(refused);
            return RejectReason.None;
        }

        // The records that follow are of the same device, unless they say another base name.
        _device = isWhole ? null : device;

        if (!TryTime(record.Time, out var timeMs))
        {
            _rows.LeaveOut(RejectReason.EventTimeInvalid);
            return RejectReason.None;
        }

        _run.Enter(device, timeMs);
        var isTaken = AddValue(record, metric) && (double.IsNaN(record.Sum) || AddSum(metric, _baseSum + record.Sum));
        return isTaken ? RejectReason.None : RejectReason.TooManyReadings;
    }

    private ReadOnlySpan<byte> Metric(ReadOnlySpan<byte> name)
    {
        if (options.Names.Find(name) is { } renamed)
        {
            return renamed;
        }

        if (!name.TryCopyTo(_metric))
        {
            return default;
        }

        _metric.AsSpan(0, name.Length).Replace((byte)'/', (byte)'.');
        return _metric.AsSpan(0, name.Length);
    }

    /// <summary>Zero is now: the time of receipt.</summary>
    private bool TryTime(double time, out long timeMs)
    {
        var seconds = _baseTime + (double.IsNaN(time) ? 0 : time);
        timeMs = RowRun.NoTime;
        if (seconds == 0)
        {
            return true;
        }

        var ms = Math.Round(seconds * 1_000) + (seconds < FirstAbsolute ? _rows.ReceiveMs : 0);
        timeMs = ms is > 0 and < long.MaxValue / 2 ? (long)ms : 0;
        return timeMs > 0;
    }

    private bool AddValue(in SenMlRecord record, ReadOnlySpan<byte> metric)
    {
        if (record.HasValue)
        {
            var unit = record.Unit.IsEmpty ? _baseUnit.AsSpan(0, _baseUnitLength) : record.Unit;
            return _rows.Add(metric, options.Units.Apply(unit, _baseValue + record.Value));
        }

        if (record.Boolean is { } state)
        {
            return _rows.Add(metric, state ? 1 : 0);
        }

        if (record.HasText && StateWords.TryRead(record.Text, escaped: false, out var value))
        {
            return _rows.Add(metric, value);
        }

        if (options.IgnoresText)
        {
            _rows.ExpectNothing();
        }
        else if (record.HasText || record.HasData)
        {
            _rows.LeaveOut(RejectReason.UnsupportedValue);
        }

        return true;
    }

    private bool AddSum(ReadOnlySpan<byte> metric, double sum)
    {
        Span<byte> name = stackalloc byte[maxNameBytes];
        if (metric.Length + 4 > name.Length)
        {
            _rows.LeaveOut(RejectReason.NameTooLong);
            return true;
        }

        metric.CopyTo(name);
        ".sum"u8.CopyTo(name[metric.Length..]);
        return _rows.Add(name[..(metric.Length + 4)], sum);
    }
}
