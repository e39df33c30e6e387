using EngineRow = Fengsui.Devices.Tests.Engine.Support.TestRow;

namespace Fengsui.Devices.Tests.History.InfluxDb.Support;

/// <summary>What was appended to the journal, by device, metric and time: no projection of ours has touched it.</summary>
internal sealed class JournalTruth(InfluxRig rig)
{
    private readonly Dictionary<int, SortedDictionary<long, double[]>> _devices = [];

    /// <summary>Notes rows on their way. A row that is sent again is the same row.</summary>
    public IEnumerable<EngineRow> Note(IEnumerable<EngineRow> rows)
    {
        foreach (var row in rows)
        {
            if (!_devices.TryGetValue(row.Device, out var device))
            {
                _devices.Add(row.Device, device = []);
            }

            device[row.TimeMs] = row.Values;
            yield return row;
        }
    }

    public SortedDictionary<long, double> Of(string device, string metric)
    {
        var rows = _devices[rig.Engine.Registry.Devices.Find(device)!.Id];
        var column = OddReadings.Metrics.ToList().IndexOf(metric);
        return new SortedDictionary<long, double>(rows.ToDictionary(row => row.Key, row => row.Value[column]));
    }
}
