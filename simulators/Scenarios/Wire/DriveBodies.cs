using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;
using Fengsui.Vehicles.Driving;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Scenarios.Wire;

/// <summary>Writes the positions of one vehicle as its terminal reports them: 0x0200, and 0x0704 for what it had to keep.</summary>
internal sealed class DriveBodies(World world, ScenarioDevice device)
{
    public const ushort Position = 0x0200, Backlog = 0x0704;

    /// <summary>Reports of 52 bytes and their lengths that fit into one message.</summary>
    private const int MaxReports = 18;

    private const double FuelL = 200, CargoCelsius = 18;

    private readonly Physics.Drive _drive = world.DriveOf(device.Id);
    private readonly Chance _noise = Chance.Of(world.Seed, "position/" + device.Id);

    /// <summary>When each message leaves, what it is, and its body.</summary>
    public IEnumerable<(long ReadyMs, int Number, ushort Id, byte[] Body)> Of(IEnumerable<Sample> samples)
    {
        var kept = new List<Sample>();
        foreach (var sample in samples)
        {
            if (kept.Count > 0 && (sample.ReadyMs == sample.AtMs || kept.Count == MaxReports))
            {
                yield return Batch(kept);
                kept.Clear();
            }

            if (sample.ReadyMs == sample.AtMs)
            {
                yield return (sample.ReadyMs, sample.Number, Position, Report(sample));
            }
            else
            {
                kept.Add(sample);
            }
        }

        if (kept.Count > 0)
        {
            yield return Batch(kept);
        }
    }

    private (long ReadyMs, int Number, ushort Id, byte[] Body) Batch(List<Sample> kept) =>
        (kept[^1].ReadyMs, kept[^1].Number, Backlog, ReportBody.Batch([.. kept.Select(Report)]));

    private byte[] Report(Sample sample)
    {
        var (latitude, longitude, speed, heading, km) = _drive.At(sample.AtMs);
        var noise = device.PositionNoise.Of(world.Drawn);
        var (north, east) = DrivenRoute.Beside(latitude, longitude, noise * _noise.Bell(sample.Number * 2L), noise * _noise.Bell((sample.Number * 2L) + 1));
        var state = new VehicleState(sample.StatedMs, north, east, speed, heading, km, FuelL, CargoCelsius, IsIgnitionOn: true, IsFixed: true, IsDoorOpen: false, Alarms: 0);
        return ReportBody.Write(state, 0, is2019: true);
    }
}
