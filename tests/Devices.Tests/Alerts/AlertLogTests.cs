using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class AlertLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory.Of(AlertLog.FileName);

    [Fact]
    public void Gives_back_every_transition_in_order_with_the_same_bytes()
    {
        var written = Write(5);
        using var log = Open(out var read);
        Assert.Null(log.Damage);
        Assert.Equal(5, log.Count);
        Assert.Equal(written.Select(AlertJson.ToBytes), read.Select(AlertJson.ToBytes));
        Assert.Equal(5L, log.LastPosition);
    }

    [Fact]
    public void A_tail_torn_at_any_byte_is_cut_and_said_and_the_log_goes_on_as_if_it_had_not_been_written()
    {
        var written = Write(3);
        var whole = File.ReadAllBytes(FilePath);
        var lastLine = whole.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1;
        for (var length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            using (var log = Open(out var read))
            {
                Assert.Equal(2, read.Count);
                Assert.Equal(length == lastLine, log.Damage is null);
                Assert.False(log.Stage(written[1]));
                Assert.True(log.Stage(written[2]));
                log.Flush();
            }

            Assert.Equal(whole, File.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void A_flipped_byte_anywhere_is_reported_and_nothing_from_there_on_is_believed()
    {
        Write(4);
        var whole = File.ReadAllBytes(FilePath);
        var random = new Random(20);
        for (var at = 0; at < whole.Length; at += 1 + random.Next(7))
        {
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(FilePath, flipped);
            using var log = Open(out var read);
            Assert.NotNull(log.Damage);
            Assert.Equal(whole.AsSpan(0, at).Count((byte)'\n'), read.Count);
        }
    }

    [Theory]
    [InlineData("1 3 4")]
    [InlineData("2 3 4")]
    [InlineData("1 3 2 4")]
    [InlineData("1 2 2 3 4")]
    public void A_dropped_doubled_or_moved_line_breaks_the_chain_and_the_whole_file_is_set_aside(string order)
    {
        Write(4);
        var lines = File.ReadAllLines(FilePath);
        var kept = order.Split(' ').Select(number => lines[int.Parse(number, null) - 1]).ToArray();
        File.WriteAllText(FilePath, string.Join('\n', kept) + "\n");
        using var log = Open(out var read);
        Assert.NotNull(log.Damage);
        Assert.Equal(kept.Zip(lines).TakeWhile(pair => pair.First == pair.Second).Count(), read.Count);
        var aside = Assert.Single(Directory.GetFiles(_directory.Path, "*.damaged-at-*"));
        Assert.Equal(kept, File.ReadAllLines(aside));
    }

    [Fact]
    public void Megabytes_without_a_line_feed_are_damage_and_not_read_into_memory()
    {
        Write(1);
        using (var file = File.Open(FilePath, FileMode.Append))
        {
            file.SetLength(file.Length + (64L << 20));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var log = Open(out var read);
        Assert.NotNull(log.Damage);
        Assert.Single(read);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20 << 20);
    }

    [Fact]
    public void What_a_replay_gives_again_is_not_written_again()
    {
        var written = Write(3);
        using var log = Open(out _);
        Assert.All(written, transition => Assert.False(log.Stage(transition)));
        Assert.False(log.Stage(AlertSamples.At(3, index: 1)));
        Assert.True(log.Stage(AlertSamples.At(4)));
        Assert.True(log.Stage(AlertSamples.At(4, index: 1)));
    }

    [Fact]
    public void A_full_disk_neither_loses_nor_doubles_a_line()
    {
        using (var log = Open(out _))
        {
            log.BeforeWrite = () => throw new IOException("disk full");
            Assert.True(log.Stage(AlertSamples.At(1)));
            Assert.Throws<IOException>(log.Flush);
            Assert.True(log.Stage(AlertSamples.At(2)));
            Assert.Throws<IOException>(log.Flush);
            Assert.Empty(log.Read(0, 10));
            log.BeforeWrite = null;
            log.Flush();
        }

        using var again = Open(out var read);
        Assert.Null(again.Damage);
        Assert.Equal([1L, 2L], read.Select(transition => transition.JournalPosition));
    }

    [Fact]
    public void Of_a_position_whose_lines_are_not_all_there_none_is_believed()
    {
        AlertEntry[] written = [AlertSamples.At(1), AlertSamples.At(2), AlertSamples.At(3), AlertSamples.At(3, index: 1), AlertSamples.At(3, index: 2)];
        using (var log = Open(out _))
        {
            Array.ForEach(written, entry => Assert.True(log.Stage(entry)));
            log.Flush();
        }

        var whole = File.ReadAllBytes(FilePath);
        var lines = File.ReadAllLines(FilePath);
        for (var kept = 3; kept < lines.Length; kept++)
        {
            File.WriteAllText(FilePath, string.Join('\n', lines[..kept]) + "\n");
            using (var log = Open(out var read))
            {
                Assert.Equal((2, 2L), (read.Count, log.LastPosition));
                Assert.NotNull(log.Damage);
                Assert.All(written[2..], entry => Assert.True(log.Stage(entry)));
                log.Flush();
                Assert.Equal(written.Select(AlertJson.ToBytes), log.Read(0, 10).Select(entry => AlertJson.ToBytes(entry.Value)));
            }

            Assert.Equal(whole, File.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void Reads_from_any_number_on()
    {
        Write(700);
        using var log = Open(out _);
        foreach (var after in (long[])[-5, 0, 1, 255, 256, 257, 511, 512, 699])
        {
            var first = log.Read(after, 2)[0];
            Assert.Equal(Math.Max(after, 0) + 1, first.Key);
            Assert.Equal(first.Key, first.Value.JournalPosition);
        }

        Assert.Empty(log.Read(700, 10));
    }

    public void Dispose() => _directory.Dispose();

    private List<AlertTransition> Write(int count)
    {
        using var log = Open(out _);
        var transitions = Enumerable.Range(1, count).Select(number => AlertSamples.At(number)).ToList();
        foreach (var transition in transitions)
        {
            Assert.True(log.Stage(transition));
        }

        log.Flush();
        return transitions;
    }

    private AlertLog Open(out List<AlertEntry> read)
    {
        var found = new List<AlertEntry>();
        read = found;
        return AlertLog.Open(_directory.Path, fsync: false, found.Add);
    }
}
