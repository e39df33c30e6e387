using System.Text;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Tests.Replay;
using Fengsui.Devices.Tracing;
using Xunit;

namespace Fengsui.Devices.Tests.Tracing;

/// <summary>What became of a reading at the InfluxDB targets, as their files tell.</summary>
public sealed class TargetTraceTests
{
    private const long T0 = 1_700_000_000_000;

    [Fact]
    public async Task Each_target_is_told_of_by_its_own_position_and_its_own_rejected_lines()
    {
        var maker = new BatchMaker();
        using var recorded = await RecordedJournal.OfAsync([.. maker.Row("tank-1", T0, ("temperature", 20)), .. maker.Row("tank-1", T0 + 1000, ("temperature", double.NaN))], parts: 1);
        var position = Trace(recorded.Path, T0).Record.Position;
        Save(recorded.Path, "ahead", new TargetPlace("", position, null, 0) { Began = 0 });
        Save(recorded.Path, "behind", new TargetPlace("", position - 1, null, 0) { Began = 0 });
        Save(recorded.Path, "new", new TargetPlace("", position + 100, null, 0) { Began = position });
        Save(recorded.Path, "recent", new TargetPlace("", position + 100, T0 + 1, 0));
        Save(recorded.Path, "strict", new TargetPlace("", position + 1000, null, 0) { Began = 0 });
        using (var rejected = RejectedLines.Open(Folder(recorded.Path, "strict"), 1 << 20, 0, TimeProvider.System))
        {
            rejected.Add(position, 0, "400: field type conflict", Encoding.UTF8.GetBytes("telemetry,device=tank-1 temperature=20 1\n"));
            rejected.Add(position, 1, "of another row", Encoding.UTF8.GetBytes("telemetry x=1 1\n"));
        }

        var targets = Trace(recorded.Path, T0).Targets;
        Assert.Equal(
            [("ahead", TargetState.Written), ("behind", TargetState.Waiting), ("new", TargetState.NotWanted), ("recent", TargetState.NotWanted), ("strict", TargetState.Rejected)],
            targets.Select(target => (target.Name, target.State)));
        var line = Assert.Single(targets[^1].Rejected);
        Assert.Equal(("400: field type conflict", "telemetry,device=tank-1 temperature=20 1"), (line.Reason, line.Text));
        Assert.EndsWith("Z", line.Time, StringComparison.Ordinal);

        Assert.Equal(TargetState.LeftOut, Trace(recorded.Path, T0 + 1000).Targets.Single(target => target.Name == "strict").State);
    }

    [Fact]
    public async Task A_position_that_cannot_be_read_is_left_as_it_is_and_its_target_left_out()
    {
        var maker = new BatchMaker();
        using var recorded = await RecordedJournal.OfAsync([.. maker.Row("tank-1", T0, ("temperature", 20))], parts: 1);
        var file = Path.Combine(Folder(recorded.Path, "odd"), TargetPlace.FileName);
        await File.WriteAllTextAsync(file, "{");
        Assert.Empty(Trace(recorded.Path, T0).Targets);
        Assert.Equal("{", await File.ReadAllTextAsync(file));
    }

    private static TracedRow Trace(string data, long timeMs)
    {
        using var tracer = new Tracer(data, CancellationToken.None);
        return tracer.Find("tank-1", "temperature", timeMs, 0).Rows.Single();
    }

    private static void Save(string data, string target, TargetPlace place) => place.Save(Folder(data, target));

    private static string Folder(string data, string target) => Directory.CreateDirectory(Path.Combine(data, "influxdb", target)).FullName;
}
