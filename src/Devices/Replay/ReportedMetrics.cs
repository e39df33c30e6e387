using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Replay;

/// <summary>Which metrics the devices of a server have reported so far: those that stand in rows, not those that only rules name.</summary>
public static class ReportedMetrics
{
    /// <param name="dataDirectory">The data directory of a server, running or not; only read.</param>
    public static IReadOnlySet<string> Read(string dataDirectory)
    {
        var registry = new DeviceRegistry(new RegistryOptions());
        JournalNames.Declare(registry, new JournalRunOptions { DataDirectory = dataDirectory }, CancellationToken.None);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var id = 0; id < registry.Shapes.Count; id++)
        {
            foreach (var metric in registry.Shapes[id].Metrics)
            {
                names.Add(registry.Metrics.NameOf(metric));
            }
        }

        return names;
    }
}
