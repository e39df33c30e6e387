namespace Fengsui.Bench.Compression;

/// <summary>Measured series side by side: a device and a connection for each file.</summary>
internal sealed class SeriesPlant(IReadOnlyList<SeriesFile> files) : IPlant
{
    public string Name => "measured";

    public string What => string.Join("; ", files.Select(file => $"`{file.Name}`: {file.What}"));

    public IReadOnlyList<string> Sources(string directory) => [];

    public IEnumerable<Arrival> Arrivals()
    {
        var network = new NetworkDelay();
        foreach (var sent in files.SelectMany(file => file.Messages).OrderBy(message => message.AtMs))
        {
            foreach (var arrival in network.Arrived(sent.AtMs))
            {
                yield return arrival;
            }

            network.Send(sent);
        }

        foreach (var arrival in network.Arrived(long.MaxValue / 2))
        {
            yield return arrival;
        }
    }

    public string LineOf(string device, string metric) => $"{device}: {metric}";
}
