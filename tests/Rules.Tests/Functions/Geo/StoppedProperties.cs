using Fengsui.Rules.Evaluation.Cells.Geo;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Geo;

/// <summary>Drives of random length between stops, with 6 m of noise and a position every 1 to 60 s. The case is <c>Random</c> with the seed that FsCheck prints.</summary>
public sealed class StoppedProperties
{
    private const double Radius = 30;
    private const double Duration = 600;
    private const double Noise = 6;

    [Fact]
    public void A_stop_is_seen_soon_after_its_time_and_a_drive_is_never_taken_for_one()
    {
        var (seen, driven) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithStartSize(0).WithEndSize(int.MaxValue / 2), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var rig = new CellRig(new StoppedCell((long)(Duration * 1000), Radius, 60_000));
            var interval = random.Next(1, 61);
            var fixes = new List<(double Time, double North, double East)>();
            var (time, place) = (0.0, 0.0);
            for (var phase = 0; phase < 6; phase++)
            {
                var (since, isDrive, speed) = (time, phase % 2 == 0, 3 + (random.NextDouble() * 22));
                for (var end = time + random.Next(120, 2400); time < end; time += interval)
                {
                    place += isDrive ? speed * interval : 0;
                    var fix = (Time: time, North: place + Jitter(random), East: Jitter(random));
                    var value = rig.At(fix.Time, fix.North, fix.East);

                    // Three minutes: the first positions settle the circle.
                    var mustBeTrue = !isDrive && time - since >= Duration + 180;
                    Assert.True(!mustBeTrue || value == 1, $"stopped since {since}, {value} at {time}, every {interval} s");
                    Assert.True(value != 1 || HasStayed(fixes, time), $"not within a circle, true at {time}, every {interval} s");
                    (seen, driven) = (seen + (mustBeTrue ? 1 : 0), driven + (value == 0 ? 1 : 0));
                    fixes.Add(fix);
                }
            }
        }));
        Assert.True(seen > 1000 && driven > 1000, $"{seen} {driven}");
    }

    /// <summary>The positions before the latest, which may be the first outside, lie within one circle and what it settled by.</summary>
    private static bool HasStayed(List<(double Time, double North, double East)> fixes, double now)
    {
        var recent = fixes.Where(fix => fix.Time >= now - Duration).Select(fix => fix.North).ToList();
        return recent.Count == 0 || recent.Max() - recent.Min() <= (3 * Radius) + Noise;
    }

    private static double Jitter(Random random) => (random.NextDouble() * 2 * Noise) - Noise;
}
