using System.Text;
using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>One slave behind a connection. While it is silent it is left alone but for a probe now and then, so that the others are not held up by it.</summary>
internal sealed class ModbusUnit
{
    public ModbusUnit(byte id, string device, RegisterMap map)
    {
        Id = id;
        Device = device;
        DeviceName = Encoding.UTF8.GetBytes(device);
        Tasks = [.. map.Reads.Select(read => new PollTask(this, read))];
    }

    public byte Id { get; }

    public string Device { get; }

    /// <summary><see cref="Device"/> in UTF-8.</summary>
    public byte[] DeviceName { get; }

    public List<PollTask> Tasks { get; }

    /// <summary>Probes in a row that brought nothing; 0 while the unit answers.</summary>
    public int Failures { get; private set; }

    /// <summary>Not to be asked before; ticks.</summary>
    public long RestsUntil { get; private set; }

    /// <summary>The one request that finds out whether the unit is back.</summary>
    public PollTask? Probe { get; set; }

    public bool IsResting => Failures > 0;

    public void Answered()
    {
        Failures = 0;
        RestsUntil = 0;
        Probe = null;
    }

    /// <summary>Lets the unit rest, twice as long each time.</summary>
    public void Rest(long now, PollOptions options)
    {
        var rest = options.Backoff.Ticks << Math.Min(Failures, 16);
        Failures++;
        RestsUntil = now + Math.Min(rest, options.MaxBackoff.Ticks);
        Probe = null;
    }

    /// <summary>Whether a request may go to the unit now; when it rests, the first one to ask after its rest becomes the probe.</summary>
    public bool Admits(PollTask task, long now)
    {
        if (!IsResting || Probe == task)
        {
            return true;
        }

        if (now < RestsUntil || Probe is not null)
        {
            return false;
        }

        Probe = task;
        return true;
    }
}
