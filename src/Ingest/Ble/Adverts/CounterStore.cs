using System.Globalization;
using Fengsui.Devices.Engine;
using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>
/// What makes the replay guard outlive the process. The counter of an encrypted advert is a reading of its device, in the row of the values it came with, so
/// that after any crash the guard knows exactly the counters whose values are in the journal: none that was lost, all that were kept. Now and then, and at the
/// end, what the history says is written into a file as well, for devices that are silent for longer than the history lasts.
/// </summary>
internal sealed class CounterStore(AdvertBook book, BleOptions options, DeviceEngine engine, string file)
{
    private const string MetricName = "ble.counter";

    private readonly Dictionary<BleAddress, (long Counter, long TimeMs)> _saved = [];
    private readonly Dictionary<BleAddress, long> _sinceMs = options.Devices.ToDictionary(fact => fact.Address, fact => fact.CountersSinceMs);

    public static ReadOnlySpan<byte> Metric => "ble.counter"u8;

    /// <summary>Restores the guard of every device that has a key. Waits until the history knows what the journal holds.</summary>
    public async Task RestoreAsync(CancellationToken stopping)
    {
        await engine.DrainAsync(stopping).ConfigureAwait(false);
        if (file.Length > 0 && File.Exists(file))
        {
            Parse(await File.ReadAllLinesAsync(file, stopping).ConfigureAwait(false));
        }

        lock (book.Gate)
        {
            foreach (var address in book.Named)
            {
                _ = book.Find(address);
            }
        }

        foreach (var device in book.Devices().Where(device => device.Cipher is not null))
        {
            var (counter, timeMs) = Newest(device);
            device.Restore(counter, timeMs);
        }
    }

    /// <summary>Writes down what the history says, replacing the file as a whole.</summary>
    public async Task SaveAsync(CancellationToken stopping)
    {
        if (file.Length == 0)
        {
            return;
        }

        var changed = false;
        foreach (var device in book.Devices().Where(device => device.Cipher is not null && device.Counter > SavedOf(device).Counter))
        {
            // What was heard may not be stored yet, and is written only when it is.
            var newest = Newest(device);
            if (newest.Counter > SavedOf(device).Counter)
            {
                _saved[device.Address] = newest;
                changed = true;
            }
        }

        if (changed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var next = file + ".next";
            await File.WriteAllLinesAsync(next, _saved.OrderBy(one => one.Key.Value).Select(Line), stopping).ConfigureAwait(false);
            File.Move(next, file, overwrite: true);
        }
    }

    /// <summary>The highest counter that is stored, and the event time of its row; −1 when there is none that counts.</summary>
    private (long Counter, long TimeMs) Newest(KnownDevice device)
    {
        var known = SavedOf(device);
        foreach (var reading in engine.Queries.Readings(device.Name, MetricName, Math.Max(SinceMs(device.Address), known.TimeMs), long.MaxValue))
        {
            if (reading.Value > known.Counter)
            {
                known = ((long)reading.Value, reading.EventTimeMs);
            }
        }

        return known;
    }

    /// <summary>What is older does not count: the operator says so.</summary>
    private long SinceMs(BleAddress address) => _sinceMs.GetValueOrDefault(address);

    private (long Counter, long TimeMs) SavedOf(KnownDevice device) => _saved.GetValueOrDefault(device.Address, (-1, 0));

    /// <summary>A line that is no longer whole is left out: the history stands behind it.</summary>
    private void Parse(string[] lines)
    {
        foreach (var parts in lines.Select(line => line.Split(' ')))
        {
            if (parts.Length == 3 && BleAddress.TryParse(parts[0], out var address)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var counter)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var timeMs)
                && timeMs >= SinceMs(address))
            {
                _saved[address] = (counter, timeMs);
            }
        }
    }

    private static string Line(KeyValuePair<BleAddress, (long Counter, long TimeMs)> saved) =>
        string.Create(CultureInfo.InvariantCulture, $"{saved.Key} {saved.Value.Counter} {saved.Value.TimeMs}");
}
