using Fengsui.Devices.Registry;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads;

/// <summary>Joins readings that follow one another into rows: of one device and one time each. One a decoder; not thread-safe.</summary>
internal sealed class RowRun
{
    /// <summary>Stands for a row without a time of its own.</summary>
    public const long NoTime = long.MinValue;

    private MessageRows _rows = null!;
    private Device? _device;
    private long _timeMs;

    public void Begin(MessageRows rows)
    {
        _rows = rows;
        _device = null;
    }

    /// <summary>What is added to the rows from here on is of this device at this time.</summary>
    /// <param name="device">Whose.</param>
    /// <param name="timeMs">ms since 1970 UTC, or <see cref="NoTime"/>.</param>
    public void Enter(Device device, long timeMs)
    {
        if (device == _device && timeMs == _timeMs)
        {
            return;
        }

        End();
        _rows.Device = _device = device;
        _timeMs = timeMs;
    }

    /// <summary>Stages the last row.</summary>
    public void End()
    {
        if (_device is null)
        {
            return;
        }

        if (_timeMs == NoTime)
        {
            _rows.EndRow();
        }
        else
        {
            _rows.EndRowAt(_timeMs);
        }

        _device = null;
    }
}
