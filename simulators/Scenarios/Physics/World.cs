using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Physics;

/// <summary>What truly happens in one run of a scenario: every quantity without noise, as one seed has decided it.</summary>
internal sealed class World
{
    private readonly Dictionary<(string Device, string Metric), Quantity> _quantities = [];
    private readonly Dictionary<string, Drive> _drives = new(StringComparer.Ordinal);

    public World(Scenario scenario, ulong seed)
    {
        Scenario = scenario;
        Seed = seed;
        Drawn = Drawing.Draw(scenario, seed);
        foreach (var device in scenario.Devices)
        {
            foreach (var value in device.Values)
            {
                _quantities[(device.Id, value.Metric)] = new Quantity(value.Is.Of(Drawn));
            }

            if (device.Route is not null)
            {
                _quantities.TryAdd((device.Id, Drive.Speed), new Quantity(0));
                _quantities.TryAdd((device.Id, Drive.Offset), new Quantity(0));
            }
        }

        foreach (var happening in scenario.Timeline)
        {
            Apply(happening);
        }

        foreach (var device in scenario.Devices.Where(device => device.Route is not null))
        {
            var route = scenario.Routes.First(route => route.Id == device.Route);
            _drives.Add(device.Id, new Drive(route, Find(device.Id, Drive.Speed), Find(device.Id, Drive.Offset), scenario.LastsMs));
        }
    }

    public Scenario Scenario { get; }

    public ulong Seed { get; }

    public DrawnValues Drawn { get; }

    public Quantity Find(string device, string metric) => _quantities[(device, metric)];

    public bool Has(string device, string metric) => _quantities.ContainsKey((device, metric));

    public Drive DriveOf(string device) => _drives[device];

    /// <summary>The devices that a name of the file stands for: one, all of a zone, or all behind a gateway; by way of a draw too.</summary>
    public IEnumerable<ScenarioDevice> DevicesOf(string name)
    {
        var subject = Drawn.Word(name);
        return Scenario.Devices.Where(device => device.Id == subject || device.Zone == subject || device.Sends.Gateways.Contains(subject));
    }

    private void Apply(Happening happening)
    {
        var atMs = happening.At.Milliseconds(Drawn);
        switch (happening)
        {
            case Ramp ramp:
                foreach (var device in DevicesOf(ramp.Of).Where(device => Has(device.Id, ramp.Metric)))
                {
                    Find(device.Id, ramp.Metric).Ramp(atMs, ramp.Over.Milliseconds(Drawn), ramp.By.Of(Drawn));
                }

                break;
            case StateChange change:
                foreach (var device in DevicesOf(change.Of).Where(device => Has(device.Id, change.Metric)))
                {
                    Find(device.Id, change.Metric).Become(atMs, change.To);
                }

                break;
            case Plume plume:
                foreach (var device in DevicesOf(plume.Zone).Where(device => Has(device.Id, plume.Metric) && device.Place is not null))
                {
                    Find(device.Id, plume.Metric).Add(PuffAt(plume, atMs, device.Place!.Value));
                }

                break;
        }
    }

    private Puff PuffAt(Plume plume, long atMs, (double East, double North) place)
    {
        var (wind, toward) = (plume.Wind.Of(Drawn), plume.Toward.Of(Drawn) * Math.PI / 180);
        return new Puff(
            atMs,
            place.East - plume.East.Of(Drawn),
            place.North - plume.North.Of(Drawn),
            wind * Math.Sin(toward),
            wind * Math.Cos(toward),
            plume.Peak.Of(Drawn),
            plume.Width.Of(Drawn),
            plume.Spread.Of(Drawn));
    }
}
