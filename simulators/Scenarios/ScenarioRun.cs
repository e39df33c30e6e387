using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;
using Fengsui.Scenarios.Truth;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Scenarios;

/// <summary>One scenario with one seed: what is sent, and what truly happened. The same seed and start give the same bytes.</summary>
public sealed class ScenarioRun
{
    /// <summary>Messages of one run: all of them are made before the first is sent.</summary>
    public const int MaxMessages = 2_000_000;

    private readonly World _world;

    /// <param name="scenario">What may happen.</param>
    /// <param name="seed">Decides what does.</param>
    /// <param name="startMs">When, ms since 1970 UTC.</param>
    /// <param name="isEventTime">Whether alerts are to be judged by the times of readings: for a run that is sent faster than it happens.</param>
    /// <exception cref="InvalidDataException">With this seed an amount is no number, or there would be more than <see cref="MaxMessages"/>.</exception>
    public ScenarioRun(Scenario scenario, ulong seed, long startMs, bool isEventTime = false)
    {
        Scenario = scenario;
        StartMs = startMs;
        _world = new World(scenario, seed);
        CheckSize();
        Truth = new TruthMaker(_world, startMs, isEventTime).Make();
    }

    public Scenario Scenario { get; }

    public long StartMs { get; }

    public TruthRecord Truth { get; }

    /// <summary>Everything that is sent, in order.</summary>
    public IReadOnlyList<RunStep> Steps() => new MessageMaker(_world, StartMs).Make();

    /// <summary>What the server must know beforehand.</summary>
    public ScenarioConfig Config(int vehiclePort) => new(_world, StartMs, vehiclePort);

    private void CheckSize()
    {
        var messages = Scenario.Devices.Sum(device => Scenario.LastsMs / (double)Math.Max(1, device.Sends.Every.Milliseconds(_world.Drawn)) * Math.Max(1, device.Sends.Gateways.Count));
        if (messages > MaxMessages)
        {
            throw new InvalidDataException($"{Scenario.Name} would send {messages:0} messages; at most {MaxMessages}");
        }
    }
}
