using System.Text;
using Fengsui.Fleet;
using Fengsui.Fleet.Faults;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Bench.Compression;

/// <summary>A fleet of <c>simulators/Fleet</c>: its own messages at its own rate, a connection of its own for each device.</summary>
internal sealed class FleetPlant(string name, string what, FleetOptions options, long startMs, double hours) : IPlant
{
    public string Name => name;

    public string What => what;

    public IReadOnlyList<string> Sources(string directory) => [];

    public IEnumerable<Arrival> Arrivals()
    {
        var roster = new DeviceRoster(options);
        var clock = new SampleClock(roster.Count, options.RateHz, startMs);
        var composer = new MessageComposer(options, roster, new FaultPlan(options.Faults, roster.Count, options.RateHz, options.Seed), clock);
        var names = Enumerable.Range(0, roster.Count).Select(device => Encoding.UTF8.GetString(roster.Name(device))).ToArray();
        var topics = names.Select(device => Encoding.UTF8.GetBytes(options.TopicPrefix + device)).ToArray();
        var network = new NetworkDelay();
        var samples = (int)(hours * 3_600 * options.RateHz);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var device = 0; device < roster.Count; device++)
            {
                var dueMs = (long)clock.OffsetMs(device, sample);
                foreach (var arrival in network.Arrived(dueMs))
                {
                    yield return arrival;
                }

                if (Message(composer, roster, device, sample) is { } payload)
                {
                    network.Send(new Arrival(dueMs, names[device], topics[device], payload, null));
                }
            }
        }

        foreach (var arrival in network.Arrived(long.MaxValue / 2))
        {
            yield return arrival;
        }
    }

    public string LineOf(string device, string metric) => metric;

    private static byte[]? Message(MessageComposer composer, DeviceRoster roster, int device, int sample)
    {
        if (!composer.Locate(new ConnectionPlan(device, roster.Count, 1, 1), new MessageKey(0, sample)))
        {
            return null;
        }

        var template = roster.Template(device);
        var payload = new byte[template.Length];
        template.Write(payload, composer.Points[0]);
        return payload;
    }
}
