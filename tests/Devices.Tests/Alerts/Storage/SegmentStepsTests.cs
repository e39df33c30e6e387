using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Storage;

/// <summary>What may happen between two steps of beginning a segment and of keeping what was told.</summary>
public sealed class SegmentStepsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Who_reads_a_segment_that_has_just_begun_shifts_no_number_of_what_is_written_to_it()
    {
        using var log = Open();
        Write(log, 1);
        Assert.True(log.TryRoll());
        Assert.Equal(1, Assert.Single(log.Read(0, 10)).Key);
        for (var number = 2; number <= 600; number++)
        {
            Write(log, number);
        }

        for (var after = 0; after < 600; after += 7)
        {
            var found = log.Read(after, 3);
            Assert.All(found, entry => Assert.Equal(entry.Key, entry.Value.JournalPosition));
            Assert.Equal(after + 1, found[0].Key);
        }
    }

    [Fact]
    public void A_segment_that_cannot_be_begun_leaves_no_file_that_a_start_would_take_for_damage()
    {
        using (var log = Open())
        {
            Write(log, 1);
            log.BeforeSyncFolder = () => throw new IOException("no space");
            Assert.Throws<IOException>(() => log.TryRoll());
            Write(log, 2);
            log.BeforeSyncFolder = null;
            Assert.True(log.TryRoll());
            Write(log, 3);
        }

        using var again = Open();
        Assert.Null(again.Damage);
        Assert.Equal([1L, 2, 3], again.Read(0, 10).Select(entry => entry.Key));
        Assert.Equal([1L, 3], again.Segments.Select(segment => segment.First));
    }

    [Fact]
    public void A_crash_between_keeping_and_dropping_or_between_two_drops_loses_and_doubles_nothing()
    {
        using var log = Open();
        for (var number = 1; number <= 30; number++)
        {
            Write(log, number);
            log.TryRoll();
        }

        var bounds = new AlertLogOptions { RetainBytes = 1 };
        new AlertRetention(_directory.Path, log, bounds, new AlertLogHold([]), () => 20, alert => alert is "alert-3-0" or "alert-15-0", _ => false, Assert.Fail).Run(nowMs: 0);
        Assert.Equal([3L, 15], KeptEntries.Read(_directory.Path).Select(kept => kept.Number));
        var segments = AlertSegment.List(_directory.Path);
        for (var dropped = 0; dropped <= 20; dropped++)
        {
            var left = new[] { 3L, 15 }.Where(number => number <= dropped).Concat(Enumerable.Range(dropped + 1, 30 - dropped).Select(number => (long)number));
            Assert.Equal(left, AlertHistory.Read(_directory.Path).Select(one => one.Number));
            var load = new AlertLogLoad(_directory.Path, null, _ => { });
            load.Run();
            Assert.Null(load.Damage);
            Assert.Equal((30, 30), (load.Place.Count, load.Place.LastPosition));
            File.Delete(segments[dropped].Path);
        }
    }

    [Fact]
    public async Task Readers_beside_a_writer_that_begins_and_drops_segments_never_see_an_entry_under_another_number()
    {
        using var log = Open();
        Write(log, 1);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var after = 0L; after < 1_500;)
            {
                foreach (var (number, entry) in log.Read(after, 40))
                {
                    Assert.Equal(number, entry.JournalPosition);
                    Assert.True(number > after);
                    after = number;
                }
            }
        })).ToArray();
        for (var number = 2; number <= 1_500; number++)
        {
            Write(log, number);
            if (number % 5 == 0)
            {
                log.TryRoll();
            }

            if (number % 50 == 0)
            {
                log.Drop(log.Segments.Count - 3);
            }
        }

        await Task.WhenAll(readers);
    }

    [Fact]
    public void What_a_log_that_was_set_aside_has_told_gives_way_to_what_the_new_one_tells_and_leftovers_of_a_crash_go()
    {
        foreach (var count in new[] { 900L, 800 })
        {
            AlertMemoryFile.Write(_directory.Path, Memory(count - 1));
            AlertMemoryFile.Write(_directory.Path, Memory(count), previous: count - 1);
        }

        File.WriteAllText(_directory.Of("memory-000000000850.jsonl.next"), "half");
        AlertMemoryFile.Write(_directory.Path, Memory(40));
        AlertMemoryFile.Write(_directory.Path, Memory(50), previous: 40);
        Assert.Equal([50L, 40], AlertMemoryFile.List(_directory.Path).Select(file => file.Count));
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
    }

    [Fact]
    public void A_trial_alert_that_ended_and_one_that_was_closed_twice_are_listed_once_and_found_again()
    {
        var book = new AlertBook(new AlertBookOptions());
        var trial = AlertSamples.At(1, alert: "trial") with { IsShadow = true, Version = 1 };
        book.Apply(trial);
        book.Apply(trial with { State = AlertState.Resolved, Tier = Rules.Model.Tier.None, PreviousTier = Rules.Model.Tier.Major, Sequence = 2, Version = 2 });
        var first = AlertSamples.At(2, alert: "twice") with { Version = 1 };
        book.Apply(first);
        book.Apply(first with { State = AlertState.Resolved, Tier = Rules.Model.Tier.None, PreviousTier = Rules.Model.Tier.Major, Sequence = 2, Version = 2 });
        var kinds = new[] { Rules.Alerts.AlertEventKind.Closed, Rules.Alerts.AlertEventKind.Reopened, Rules.Alerts.AlertEventKind.Closed };
        for (var i = 0; i < kinds.Length; i++)
        {
            book.Apply(new AlertEvent
            {
                AlertId = "twice",
                Version = 3 + i,
                Kind = kinds[i],
                IsFiring = false,
                Tier = Rules.Model.Tier.Major,
                Rule = first.Rule,
                Device = first.Device,
                Zone = first.Zone,
                Labels = first.Labels,
                ReceiveTimeMs = first.ReceiveTimeMs + i,
                JournalPosition = 3 + i,
                JournalIndex = 0,
            });
        }

        var restored = new AlertBook(new AlertBookOptions());
        restored.Restore(book.Image());
        Assert.Equal(["twice", "trial"], book.List(includeResolved: true).Select(alert => alert.Id));
        Assert.Equal(["twice", "trial"], restored.List(includeResolved: true).Select(alert => alert.Id));
    }

    public void Dispose() => _directory.Dispose();

    private static AlertMemory Memory(long count) => new(new AlertLogResume(count, count, new byte[16]), new AlertDeskCore().Image(), [], []);

    private static void Write(AlertLog log, long position)
    {
        Assert.True(log.Stage(AlertSamples.At(position)));
        log.Flush();
    }

    private AlertLog Open() => AlertLog.Open(_directory.Path, fsync: false, segmentBytes: 1, null, _ => { });
}
