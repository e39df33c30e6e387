using System.Diagnostics;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private AuditOptions Options => new() { Directory = _directory.Of("audit"), Fsync = false, SyncInterval = TimeSpan.Zero };

    [Fact]
    public async Task Records_are_there_with_their_numbers_when_they_are_said_to_be_durable()
    {
        using var log = AuditLog.Open(Options, new FrozenTime());
        log.Start();
        log.Record(WrittenLog.Attempt(1));
        log.Record(new AccessAttempt("key-7", "customs", "GET /api/v1/alerts/a1", "a1", IsJoint: true, IsGranted: false, "needs a joint role"));
        await log.DurableAsync(CancellationToken.None);
        var read = AuditFiles.Read(Options.Directory).ToList();
        Assert.Equal([AuditKind.Segment, AuditKind.Delivery, AuditKind.Access], read.Select(entry => entry.Record.Kind));
        Assert.Equal([1L, 2, 3], read.Select(entry => entry.Sequence));
        Assert.Equal(log.Status.Head.Hash, read[^1].Hash);
    }

    [Fact]
    public void The_first_record_has_the_hash_that_sha256sum_gives_for_it()
    {
        using (var log = AuditLog.Open(Options, new FrozenTime()))
        {
            log.Start();
        }

        var line = Assert.Single(File.ReadAllLines(Directory.GetFiles(Options.Directory, "*.jsonl").Single()));
        var mark = line.LastIndexOf(",\"hash\":\"", StringComparison.Ordinal);
        var start = new ProcessStartInfo("sha256sum") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(new string('0', 64) + line[..mark]);
        process.StandardInput.Close();
        Assert.StartsWith(line[(mark + 9)..^2], process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tail_torn_at_any_byte_is_cut_and_said_and_what_was_projected_is_written_once()
    {
        using var written = new WrittenLog();
        await written.WriteAsync(3);
        var file = written.Files[^1];
        var whole = File.ReadAllBytes(file);
        var last = whole.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1;
        for (var length = last; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(file, whole[..length]);
            using (var source = new AlertSource(Path.Combine(written.Data, "alerts"), () => 3))
            using (var log = AuditLog.Open(written.Options with { SegmentBytes = 1 << 20 }, new FrozenTime()))
            {
                Assert.Equal(length == last, log.Findings.Count == 0);
                Assert.False(log.Status.IsDamaged);
                log.Start(source);
                await log.SettledAsync(CancellationToken.None);
            }

            var numbers = AuditFiles.Read(written.Folder).Where(entry => entry.Record.Source == AuditSource.Alerts).Select(entry => entry.Record.SourceNumber);
            Assert.Equal([1L, 2, 3], numbers);
            Assert.Empty(written.Verify().Findings);
        }
    }

    [Fact]
    public async Task Damage_in_the_newest_segment_is_left_as_it_is_and_the_log_goes_on_in_a_new_one()
    {
        using var written = new WrittenLog();
        await written.WriteAsync(2);
        var file = written.Files[^1];
        var damaged = File.ReadAllText(file).Replace("control-room", "control-boom", StringComparison.Ordinal);
        File.WriteAllText(file, damaged);
        using (var log = AuditLog.Open(written.Options, new FrozenTime()))
        {
            Assert.True(log.Status.IsDamaged);
            Assert.Contains("does not continue the chain", Assert.Single(log.Findings), StringComparison.Ordinal);
            log.Start();
            log.Record(WrittenLog.Attempt(9));
            await log.DurableAsync(CancellationToken.None);
        }

        Assert.Equal(damaged, File.ReadAllText(file));
        var found = written.Verify().Findings;
        Assert.NotEmpty(found);
        Assert.All(found, finding => Assert.Equal(Path.GetFileName(file), finding.File));
    }

    [Fact]
    public async Task While_the_disk_refuses_nothing_is_said_to_be_durable_and_afterwards_nothing_is_missing()
    {
        var works = false;
        using var log = AuditLog.Open(Options, new FrozenTime());
        log.BeforeWrite = _ =>
        {
            if (!Volatile.Read(ref works))
            {
                throw new IOException("the disk is full");
            }
        };
        log.Start();
        log.Record(WrittenLog.Attempt(1));
        var durable = log.DurableAsync(CancellationToken.None);
        while (log.Status.Fault is null)
        {
            await Task.Yield();
        }

        Assert.False(durable.IsCompleted);
        Assert.Equal("the disk is full", log.Status.Fault);
        Volatile.Write(ref works, true);
        await durable;
        Assert.Null(log.Status.Fault);
        Assert.Equal(2, AuditFiles.Read(Options.Directory).Count());
    }

    [Fact]
    public async Task A_full_queue_holds_whoever_records_until_there_is_room()
    {
        using var log = AuditLog.Open(Options with { MaxQueued = 2 }, new FrozenTime());
        log.Record(WrittenLog.Attempt(1));
        log.Record(WrittenLog.Attempt(2));
        var third = Task.Run(() => log.Record(WrittenLog.Attempt(3)));
        Assert.Equal(2, log.Status.Queued);
        Assert.False(third.IsCompleted);
        log.Start();
        await third;
        await log.DurableAsync(CancellationToken.None);
        Assert.Equal(4, AuditFiles.Read(Options.Directory).Count());
    }

    [Fact]
    public async Task A_detail_that_is_no_object_and_one_that_is_too_long_are_replaced_by_their_digest()
    {
        using var log = AuditLog.Open(Options, new FrozenTime());
        log.Start();
        log.Append(new AuditRecord(AuditKind.Command, 0, "a", "b") { Detail = "{\"x\":\n1}"u8.ToArray() });
        log.Append(new AuditRecord(AuditKind.Command, 0, "a", "b\ud800") { Detail = new byte[100_000] });
        await log.DurableAsync(CancellationToken.None);
        var read = AuditFiles.Read(Options.Directory).Skip(1).ToList();
        Assert.Equal(2, read.Count);
        Assert.All(read, entry => Assert.Contains("cut_bytes", System.Text.Encoding.UTF8.GetString(entry.Record.Detail.Span), StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();
}
