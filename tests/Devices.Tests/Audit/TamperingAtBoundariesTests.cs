using System.Globalization;
using Xunit;

namespace Fengsui.Devices.Tests.Audit;

/// <summary>What is done to a log exactly where its segments begin and end, at each of them, whatever it was filled with.</summary>
public sealed class TamperingAtBoundariesTests : IDisposable
{
    private readonly WrittenLog _log = new();
    private List<(string File, byte[] Bytes, string[] Lines)> _segments = [];

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(18)]
    [InlineData(25)]
    [InlineData(33)]
    [InlineData(47)]
    public async Task Each_change_at_each_boundary_is_found_without_a_head_but_at_the_very_end_and_with_one_there_too(int entries)
    {
        await _log.WriteAsync(entries);
        _segments = [.. _log.Files.Select(file => (file, File.ReadAllBytes(file), File.ReadAllLines(file)))];
        Assert.InRange(_segments.Count, 3, 40);
        Assert.Empty(_log.Verify(_log.Head).Findings);
        for (var i = 0; i < _segments.Count; i++)
        {
            var isLast = i == _segments.Count - 1;
            var (lines, last) = (_segments[i].Lines, _segments[i].Lines.Length - 1);
            Assert.True(last > 1, "each segment holds some records");
            AssertFound(i, "its first record dropped", false, () => Write(i, lines[1..]));
            AssertFound(i, "its last record dropped", isLast, () => Write(i, lines[..^1]));
            AssertFound(i, "its first two swapped", false, () => Write(i, [lines[1], lines[0], .. lines[2..]]));
            AssertFound(i, "its last two swapped", false, () => Write(i, [.. lines[..^2], lines[last], lines[last - 1]]));
            AssertFound(i, "its first doubled", false, () => Write(i, [lines[0], .. lines]));
            AssertFound(i, "its last doubled", false, () => Write(i, [.. lines, lines[last]]));
            AssertFound(i, "emptied", isLast, () => Write(i, []));
            AssertFound(i, "removed", isLast, () => File.Delete(_segments[i].File));
            AssertFound(i, "cut behind its first record", isLast, () => Write(i, lines[..1]));
            foreach (var at in (int[])[0, 1, _segments[i].Bytes.Length - 2, _segments[i].Bytes.Length - 1])
            {
                AssertFound(i, FormattableString.Invariant($"byte {at} flipped"), false, () => Flip(i, at));
            }

            if (!isLast)
            {
                var next = _segments[i + 1].Lines;
                AssertFound(i, "its last swapped with the first of the next", false, () => { Write(i, [.. lines[..^1], next[0]]); Write(i + 1, [lines[last], .. next[1..]]); });
                AssertFound(i, "its last moved to the next", false, () => { Write(i, lines[..^1]); Write(i + 1, [lines[last], .. next]); });
                AssertFound(i, "swapped whole with the next", false, () => { Write(i, next); Write(i + 1, lines); });
                AssertFound(i, "cut off here with all that follows", true, () => Remove(i + 1));
                AssertFound(i, "a name that is not its own", false, () => File.Move(_segments[i].File, Path.Combine(_log.Folder, FormattableString.Invariant($"{9_000_000 + i:D20}.jsonl"))));
            }
        }
    }

    /// <summary>The record is the chain; how it is divided into files is none of it (docs/audit.md).</summary>
    [Fact]
    public async Task Two_segments_made_one_file_are_the_same_record()
    {
        await _log.WriteAsync(25);
        var files = _log.Files;
        await File.AppendAllTextAsync(files[0], await File.ReadAllTextAsync(files[1]));
        File.Delete(files[1]);
        Assert.Empty(_log.Verify(_log.Head).Findings);
    }

    /// <param name="needsHead">Whether what is left is a chain that is right in itself.</param>
    private void AssertFound(int segment, string what, bool needsHead, Action change)
    {
        change();
        var message = string.Create(CultureInfo.InvariantCulture, $"segment {segment} of {_segments.Count}: {what}");
        var withHead = _log.Verify(_log.Head);
        Assert.True(withHead.Findings.Count > 0, message);
        if (!needsHead)
        {
            Assert.True(_log.Verify().Findings.Count > 0, message + ", without a head");
        }

        foreach (var file in _log.Files)
        {
            File.Delete(file);
        }

        _segments.ForEach(original => File.WriteAllBytes(original.File, original.Bytes));
    }

    private void Write(int segment, string[] lines) => File.WriteAllText(_segments[segment].File, string.Concat(lines.Select(line => line + "\n")));

    private void Remove(int from)
    {
        foreach (var (file, _, _) in _segments.Skip(from))
        {
            File.Delete(file);
        }
    }

    private void Flip(int segment, int at)
    {
        var bytes = (byte[])_segments[segment].Bytes.Clone();
        bytes[at] ^= 0x10;
        File.WriteAllBytes(_segments[segment].File, bytes);
    }
}
