using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Storage;

public sealed class AlertSegmentsTests : IDisposable
{
    private const int SegmentBytes = 2_000;

    private readonly TemporaryDirectory _directory = new();

    private string[] Files => [.. Directory.GetFiles(_directory.Path, AlertLog.FileName + "*").Order(StringComparer.Ordinal)];

    [Fact]
    public void Segments_in_the_order_of_their_names_are_the_log_to_the_byte()
    {
        var written = Write(1, 20);
        Assert.True(Files.Length > 3);
        Assert.Equal(Path.Combine(_directory.Path, "alerts.jsonl"), Files[0]);
        using var whole = new TemporaryDirectory();
        AlertLogFile.Write(whole.Of("log"), written);
        Assert.Equal(File.ReadAllBytes(whole.Of("log")), Files.SelectMany(File.ReadAllBytes).ToArray());
        Assert.Equal(written.Select(AlertJson.ToBytes), AlertLogFile.Read(_directory.Path).Select(AlertJson.ToBytes));
    }

    [Fact]
    public void Any_entry_is_found_by_its_number_in_a_log_that_was_just_written_and_in_one_that_was_opened_from_a_segment()
    {
        var written = Write(1, 20);
        var segments = AlertSegment.List(_directory.Path);
        var resume = new AlertLogResume(segments[2].First - 1, segments[2].First - 1, segments[2].ChainBefore);
        var visited = new List<AlertEntry>();
        using var log = AlertLog.Open(_directory.Path, fsync: false, SegmentBytes, resume, visited.Add);
        Assert.Equal(20 - resume.Count, visited.Count);
        Assert.Equal(20, log.Count);
        for (var after = 0; after < 20; after++)
        {
            var found = log.Read(after, 3);
            Assert.Equal(Enumerable.Range(after + 1, Math.Min(3, 20 - after)), found.Select(entry => (int)entry.Key));
            Assert.All(found, entry => Assert.Equal(written[(int)entry.Key - 1].Id, entry.Value.Id));
        }
    }

    [Fact]
    public void A_file_of_before_there_were_segments_is_the_first_one()
    {
        AlertLogFile.Write(_directory.Of(AlertLog.FileName), Enumerable.Range(1, 12).Select(number => AlertSamples.At(number)));
        var before = File.ReadAllBytes(Files[0]);
        Write(13, 20);
        Assert.Equal(before, File.ReadAllBytes(Files[0])[..before.Length]);
        Assert.True(Files.Length > 1);
        Assert.Equal(20, AlertLogFile.Read(_directory.Path).Count());
    }

    [Fact]
    public void A_torn_tail_is_cut_wherever_it_is_and_an_empty_last_segment_is_none()
    {
        Write(1, 20);
        var last = Files[^1];
        var whole = File.ReadAllBytes(last);
        for (var length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(last, whole[..length]);
            using (var log = Open(out var read))
            {
                Assert.Equal(log.Count, read.Count);
                foreach (var again in Enumerable.Range(1, 20))
                {
                    Assert.Equal(again > log.LastPosition, log.Stage(AlertSamples.At(again)));
                }

                log.Flush();
            }

            Assert.Equal(whole, File.ReadAllBytes(last));
        }
    }

    [Fact]
    public void After_a_damaged_segment_nothing_is_believed_and_everything_is_set_aside()
    {
        Write(1, 20);
        var damaged = File.ReadAllBytes(Files[1]);
        damaged[damaged.Length / 2] ^= 4;
        File.WriteAllBytes(Files[1], damaged);
        var before = Files;
        using var log = Open(out var read);
        Assert.Contains("does not continue the chain", log.Damage, StringComparison.Ordinal);
        Assert.Equal(log.Count, read.Count);
        Assert.InRange(read.Count, AlertSegment.List(_directory.Path)[1].First - 1, 19);
        Assert.All(before.Skip(2), path => Assert.True(File.Exists(path + ".damaged") && !File.Exists(path)));
    }

    [Fact]
    public void A_missing_segment_is_seen_and_what_follows_is_set_aside()
    {
        Write(1, 20);
        var first = AlertSegment.List(_directory.Path)[1].First;
        File.Delete(Files[1]);
        using var log = Open(out var read);
        Assert.Contains("does not continue entry", log.Damage, StringComparison.Ordinal);
        Assert.Equal(first - 1, read.Count);
    }

    public void Dispose() => _directory.Dispose();

    private List<AlertTransition> Write(int from, int to)
    {
        using var log = Open(out _);
        var transitions = Enumerable.Range(from, to - from + 1).Select(number => AlertSamples.At(number)).ToList();
        foreach (var transition in transitions)
        {
            Assert.True(log.Stage(transition));
            log.Flush();
            log.TryRoll();
        }

        return transitions;
    }

    private AlertLog Open(out List<AlertEntry> read)
    {
        var found = new List<AlertEntry>();
        read = found;
        return AlertLog.Open(_directory.Path, fsync: false, SegmentBytes, null, found.Add);
    }
}
