using System.Globalization;
using System.Text;
using Fengsui.Devices.Audit;
using Xunit;

namespace Fengsui.Devices.Tests.Audit;

/// <summary>What an auditor does to a log to see whether it is found, at many places each. The seed is in every message.</summary>
public sealed class TamperingTests : IAsyncLifetime, IDisposable
{
    private const int Seed = 20_261_125;
    private const int Times = 40;

    private readonly WrittenLog _log = new();
    private readonly Random _random = new(Seed);
    private List<(string File, byte[] Bytes)> _original = [];

    public async Task InitializeAsync()
    {
        await _log.WriteAsync(30);
        _original = [.. _log.Files.Select(file => (file, File.ReadAllBytes(file)))];
        Assert.True(_original.Count > 3, "the log must have several segments");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_log_as_it_was_written_is_intact_and_its_head_vouches_for_all_of_it()
    {
        var found = _log.Verify(_log.Head);
        Assert.Empty(found.Findings);
        Assert.Equal(_log.Head, found.Head);
        Assert.Equal(_log.Head.Sequence, found.VouchedFor);
        Assert.Equal(30, found.AlertEntries);
    }

    [Fact]
    public void A_flipped_bit_is_found_wherever_it_is_and_its_file_is_named()
    {
        for (var i = 0; i < 4 * Times; i++)
        {
            var (file, bytes) = _original[_random.Next(_original.Count)];
            var flipped = (byte[])bytes.Clone();
            var at = _random.Next(flipped.Length);
            flipped[at] ^= (byte)(1 << _random.Next(8));
            File.WriteAllBytes(file, flipped);
            var line = 1 + bytes.AsSpan(0, at).Count((byte)'\n');
            var found = _log.Verify(_log.Head);
            Assert.True(found.Findings.Any(finding => finding.File == Path.GetFileName(file) && finding.Line >= line && finding.Line <= line + 1
                || IsNextFile(finding, file)), $"seed {Seed}, byte {at} of {file}: {string.Join("; ", found.Findings)}");
            File.WriteAllBytes(file, bytes);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(5)]
    public void A_flipped_bit_is_found_at_each_byte_of_a_segments_beginning_and_of_a_record_of_an_alert(int bit)
    {
        var (file, bytes) = _original[1];
        var end = bytes.AsSpan().IndexOf("\n"u8) + 1;
        end += bytes.AsSpan(end).IndexOf("\"source\":\"alerts\""u8);
        end += bytes.AsSpan(end).IndexOf("\n"u8);
        for (var at = 0; at < end; at++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(file, flipped);
            Assert.True(_log.Verify().Findings.Any(finding => finding.File == Path.GetFileName(file) || IsNextFile(finding, file)), $"bit {bit} of byte {at}");
        }
    }

    [Fact]
    public void A_dropped_line_is_found_by_its_number()
    {
        ForLines((lines, at) => lines.RemoveAt(at), (sequence, found) => found.Any(finding =>
            finding.Sequence == sequence && finding.Kind is AuditFindingKind.Missing or AuditFindingKind.CutShort));
    }

    [Fact]
    public void Two_lines_that_changed_places_are_found()
    {
        ForLines((lines, at) => (lines[at], lines[at - 1]) = (lines[at - 1], lines[at]), (sequence, found) =>
            found.Any(finding => finding.Kind == AuditFindingKind.Reordered && finding.Sequence == sequence - 1));
    }

    [Fact]
    public void A_line_that_stands_there_twice_is_found()
    {
        ForLines((lines, at) => lines.Insert(at, lines[at]), (sequence, found) =>
            found.Any(finding => finding.Kind == AuditFindingKind.Repeated && finding.Sequence == sequence));
    }

    [Fact]
    public void A_log_cut_at_any_byte_is_found_by_its_head()
    {
        for (var i = 0; i < Times; i++)
        {
            var last = _random.Next(_original.Count);
            var (file, bytes) = _original[last];
            var length = _random.Next(bytes.Length);
            for (var later = last + 1; later < _original.Count; later++)
            {
                File.Delete(_original[later].File);
            }

            File.WriteAllBytes(file, bytes[..length]);
            Assert.True(_log.Verify(_log.Head).Findings.Any(finding => finding.Kind == AuditFindingKind.CutShort), $"seed {Seed}: {length} bytes of {file}");
            Restore();
        }
    }

    [Fact]
    public void A_suffix_with_all_its_hashes_made_anew_is_found_by_its_head()
    {
        for (var i = 0; i < Times; i++)
        {
            var from = 2 + _random.Next((int)_log.Head.Sequence - 1);
            Rehash(from);
            Assert.Empty(_log.Verify().Findings);
            var finding = Assert.Single(_log.Verify(_log.Head).Findings);
            Assert.Equal(AuditFindingKind.Rewritten, finding.Kind);
            Assert.Equal(_log.Head.Sequence, finding.Sequence);
            Assert.Contains(_log.Verify(_log.Head with { Sequence = -1 }).Findings, by => by.Kind == AuditFindingKind.CutShort);
            Restore();
        }
    }

    [Fact]
    public void A_missing_segment_is_found_with_the_records_that_were_in_it()
    {
        for (var gone = 0; gone < _original.Count; gone++)
        {
            File.Delete(_original[gone].File);
            var first = long.Parse(Path.GetFileNameWithoutExtension(_original[gone].File), CultureInfo.InvariantCulture);
            var found = _log.Verify(_log.Head).Findings;
            Assert.Contains(found, finding => finding.Sequence == first && finding.Kind is AuditFindingKind.Missing or AuditFindingKind.CutShort);
            Restore();
        }
    }

    [Fact]
    public void An_entry_of_the_alert_log_that_was_changed_is_found_by_its_number()
    {
        var path = Path.Combine(_log.Data, "alerts", "alerts.jsonl");
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < Times; i++)
        {
            var changed = (string[])lines.Clone();
            var at = _random.Next(lines.Length);
            changed[at] = lines[at].Replace("firing", "resolved", StringComparison.Ordinal);
            File.WriteAllText(path, string.Join('\n', changed) + "\n");
            var finding = Assert.Single(_log.Verify(_log.Head).Findings);
            Assert.Equal((AuditFindingKind.AlertLogDiffers, at + 1), (finding.Kind, finding.Line));
        }
    }

    [Fact]
    public async Task What_retention_dropped_of_the_alert_log_is_accounted_for_and_what_somebody_else_dropped_is_found()
    {
        var path = Path.Combine(_log.Data, "alerts", "alerts.jsonl");
        var lines = File.ReadAllLines(path);
        var rest = $"{path}.000000000011-{lines[9][(lines[9].LastIndexOf('\t') + 1)..]}";
        File.WriteAllText(rest, string.Join('\n', lines[10..]) + "\n");
        File.Delete(path);
        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal(AuditFindingKind.AlertLogDiffers, finding.Kind);
        Assert.Contains("entries 1 to 10", finding.What, StringComparison.Ordinal);
        using (var log = AuditLog.Open(_log.Options, new Fengsui.Devices.Tests.Engine.Support.FrozenTime()))
        {
            log.Start();
            log.Append(AuditRecords.Released(10, 1));
            await log.DurableAsync(CancellationToken.None);
        }

        Assert.Empty(_log.Verify().Findings);
        File.Delete(rest);
        Assert.NotEmpty(_log.Verify().Findings);
    }

    /// <summary>Changes one line somewhere, in memory first so that the sequence number of the line that was there is known.</summary>
    private void ForLines(Action<List<string>, int> change, Func<long, IReadOnlyList<AuditFinding>, bool> isFound)
    {
        for (var i = 0; i < Times; i++)
        {
            var (file, bytes) = _original[_random.Next(_original.Count)];
            var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n').ToList();
            if (lines.Count < 4)
            {
                continue;
            }

            // Behind the record that begins the segment.
            var at = 2 + _random.Next(lines.Count - 2);
            var sequence = long.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture) + at;
            change(lines, at);
            File.WriteAllText(file, string.Join('\n', lines) + "\n");
            var found = _log.Verify(_log.Head).Findings;
            Assert.True(isFound(sequence, found), $"seed {Seed}, record {sequence}: {string.Join("; ", found)}");
            Restore();
        }
    }

    /// <summary>What a forger with a hash function does: changes a record and computes everything after it anew.</summary>
    private void Rehash(long from)
    {
        var previous = AuditHash.Zero;
        foreach (var (file, bytes) in _original)
        {
            var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                Assert.True(AuditLine.TryParse(Encoding.UTF8.GetBytes(lines[i]), out var entry));
                var content = lines[i][..lines[i].LastIndexOf(",\"hash\":\"", StringComparison.Ordinal)];
                if (entry.Record.Kind == AuditKind.Segment)
                {
                    content = content.Replace(SegmentStart.Read(entry)!.Before.Hash, previous, StringComparison.Ordinal);
                }

                // Of whatever kind it is, so that something is changed wherever the forger begins.
                content = entry.Sequence == from ? content.Replace("fengsui", "forger", StringComparison.Ordinal) : content;
                previous = AuditHash.Next(previous, Encoding.UTF8.GetBytes(content));
                lines[i] = $"{content},\"hash\":\"{previous}\"}}";
            }

            File.WriteAllText(file, string.Join('\n', lines) + "\n");
        }
    }

    private bool IsNextFile(AuditFinding finding, string file)
    {
        var index = _original.FindIndex(original => original.File == file);
        return index + 1 < _original.Count && finding.File == Path.GetFileName(_original[index + 1].File) && finding.Line == 1;
    }

    private void Restore()
    {
        foreach (var (file, bytes) in _original)
        {
            File.WriteAllBytes(file, bytes);
        }
    }
}
