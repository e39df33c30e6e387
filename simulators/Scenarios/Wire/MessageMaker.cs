using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;

namespace Fengsui.Scenarios.Wire;

/// <summary>Everything that reaches the server in one run, in the order in which it is sent.</summary>
internal sealed class MessageMaker(World world, long startMs)
{
    /// <summary>A repeated message follows the first within so long.</summary>
    private const double RepeatedWithinMs = 2_000;

    private const int NearestDbm = -50, DbmPerGateway = 12;

    public IReadOnlyList<RunStep> Make()
    {
        var messages = world.Scenario.Devices.SelectMany(Messages);
        var acts = world.Scenario.Timeline.OfType<SiteEvent>().Select(Resolve).Where(act => act.AtMs < world.Scenario.LastsMs);

        // A stable sort: at one time people come first, then devices in the order of the file.
        return [.. acts.Cast<RunStep>().Concat(messages).OrderBy(step => step.AtMs)];
    }

    private SiteStep Resolve(SiteEvent act) => new(
        act.At.Milliseconds(world.Drawn),
        act.Kind,
        act.Zone,
        act.Id,
        act.Persons,
        startMs + act.Until.Milliseconds(world.Drawn),
        act.Device);

    private IEnumerable<WireMessage> Messages(ScenarioDevice device)
    {
        var chance = Chance.Of(world.Seed, "way/" + device.Id);
        return device.Sends.By switch
        {
            WireForm.Ble => Adverts(device, chance),
            WireForm.Jt808 => Positions(device, chance),
            _ => Json(device, chance),
        };
    }

    private IEnumerable<WireMessage> Json(ScenarioDevice device, Chance chance)
    {
        var topic = "telemetry/" + device.Id;
        foreach (var sample in new Sampler(world, device, startMs).Samples())
        {
            var message = new WireMessage(sample.ReadyMs + OnItsWay(device, chance, sample.Number), WireForm.Mqtt, device.Sends.Gateways[0], topic, 0, JsonBody.Of(sample));
            yield return message;
            if (chance.Uniform((sample.Number * 4L) + 1) < device.Sends.Duplicates)
            {
                yield return message with { AtMs = message.AtMs + (long)(chance.Uniform((sample.Number * 4L) + 2) * RepeatedWithinMs) };
            }
        }
    }

    /// <summary>Each gateway hears the same advert, one a little better than the next.</summary>
    private IEnumerable<WireMessage> Adverts(ScenarioDevice device, Chance chance)
    {
        using var body = new AdvertBody(device.Sends.Address, startMs);
        foreach (var sample in new Sampler(world, device, startMs).Samples())
        {
            for (var i = 0; i < device.Sends.Gateways.Count; i++)
            {
                var gateway = device.Sends.Gateways[i];
                var way = OnItsWay(device, chance, ((long)sample.Number * device.Sends.Gateways.Count) + i);
                yield return new WireMessage(
                    sample.ReadyMs + way, WireForm.Ble, gateway, AdvertBody.TopicOf(gateway, device.Sends.Address), 0, body.Of(sample, NearestDbm - (i * DbmPerGateway)));
            }
        }
    }

    private IEnumerable<WireMessage> Positions(ScenarioDevice device, Chance chance)
    {
        foreach (var (readyMs, number, id, body) in new DriveBodies(world, device).Of(new Sampler(world, device, startMs).Samples()))
        {
            yield return new WireMessage(readyMs + OnItsWay(device, chance, number), WireForm.Jt808, device.Sends.Address, "", id, body);
        }
    }

    /// <summary>How long a message takes, ms; now and then so long that later ones overtake it.</summary>
    private long OnItsWay(ScenarioDevice device, Chance chance, long number)
    {
        var delay = chance.Uniform(number * 4) * device.Sends.Delay.Milliseconds(world.Drawn);
        var isLate = chance.Uniform((number * 4) + 3) < device.Sends.Late;
        return (long)delay + (isLate ? device.Sends.LateBy.Milliseconds(world.Drawn) : 0);
    }
}
