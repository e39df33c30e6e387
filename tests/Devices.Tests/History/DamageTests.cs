using Fengsui.Devices.History.Embedded;
using Xunit;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

public sealed class DamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<HistoryIncident> _incidents = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_flipped_byte_of_a_group_file_is_noticed_and_the_rest_stays_readable()
    {
        await WriteTwoGroupsAsync();
        var path = Directory.GetFiles(_folder.Path, "*.fsh").Order().First();
        var good = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < good.Length; at += at < 200 || at > good.Length - 200 ? 1 : 61)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x10;
            await CheckDamagedAsync(path, bad, $"byte {at}");
        }
    }

    [Fact]
    public async Task A_truncated_or_zero_filled_group_file_is_quarantined()
    {
        await WriteTwoGroupsAsync();
        var path = Directory.GetFiles(_folder.Path, "*.fsh").Order().First();
        var good = await File.ReadAllBytesAsync(path);
        foreach (var length in (int[])[0, 1, 63, 64, 160, good.Length / 2, good.Length - 1])
            await CheckDamagedAsync(path, good[..length], $"length {length}");
        await CheckDamagedAsync(path, new byte[good.Length], "zeros");
        await CheckDamagedAsync(path, [.. good, 0], "one byte more");
    }

    [Fact]
    public async Task A_missing_group_file_is_reported()
    {
        await WriteTwoGroupsAsync();
        File.Delete(Directory.GetFiles(_folder.Path, "*.fsh").Order().First());
        await using var history = OpenReporting();
        Assert.Contains(_incidents, incident => incident.Kind == HistoryIncidentKind.GroupMissing);
        Assert.Equal(100, All(history, 1, 1).Count);
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("deleted")]
    public async Task A_lost_index_is_rebuilt_from_the_group_files(string damage)
    {
        await WriteTwoGroupsAsync();
        var path = _folder.File("index.db");
        var bytes = await File.ReadAllBytesAsync(path);
        foreach (var side in (string[])["-wal", "-shm"])
            File.Delete(path + side);
        switch (damage)
        {
            case "zeros":
                await File.WriteAllBytesAsync(path, new byte[bytes.Length]);
                break;
            case "garbage":
                new Random(3).NextBytes(bytes);
                await File.WriteAllBytesAsync(path, bytes);
                break;
            case "truncated":
                await File.WriteAllBytesAsync(path, bytes[..5000]);
                break;
            default:
                File.Delete(path);
                break;
        }

        await using var history = OpenReporting();
        Assert.Equal(200, All(history, 1, 1).Count);
        Assert.Equal(200, history.CommittedPosition);
        Assert.Contains(_incidents, incident => incident.Kind == HistoryIncidentKind.GroupAdopted);
        Assert.Equal(new LateDuplicateCount(200, 101, 1), Assert.Single(history.LateDuplicatesAfter(-1)));
    }

    [Fact]
    public async Task A_damaged_group_is_left_out_of_merges_and_nothing_of_it_is_lost()
    {
        await WriteTwoGroupsAsync();
        var path = Directory.GetFiles(_folder.Path, "*.fsh").Order().First();
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        await using var history = OpenReporting();
        Assert.True(history.MaintainOnce());
        Assert.False(history.MaintainOnce());
        Assert.Equal(2, history.Stats.Groups);
        Assert.Equal(1, history.Stats.DamagedChunks);
        Assert.Equal(100, All(history, 1, 1).Count);
    }

    [Fact]
    public async Task Files_are_private()
    {
        await WriteTwoGroupsAsync();
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(_folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private async Task CheckDamagedAsync(string path, byte[] bytes, string what)
    {
        _incidents.Clear();
        var (folder, name) = (_folder.Path, Path.GetFileName(path));
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, copy.File(Path.GetFileName(file)));
        await File.WriteAllBytesAsync(copy.File(name), bytes);
        await using var history = Open(Options(copy.Path) with { OnIncident = _incidents.Add });
        var values = All(history, 1, 1).Select(reading => reading.Value).ToList();
        var late = history.LateDuplicatesAfter(-1);
        Assert.True(_incidents.Count > 0 || values.Count == 200, what + ": silent loss");
        Assert.True(values.Count is 100 or 200, $"{what}: {values.Count} values");
        Assert.Equal(Enumerable.Range(values.Count == 200 ? 1 : 101, values.Count).Select(i => (double)i), values);
        Assert.Single(late);
        Assert.Equal(200, history.CommittedPosition);
    }

    private EmbeddedHistory OpenReporting() =>
        Open(Options(_folder.Path) with { OnIncident = _incidents.Add, CompactionFanIn = 2 });

    private async Task WriteTwoGroupsAsync()
    {
        await using var history = Open(_folder.Path);
        for (var i = 1; i <= 200; i++)
        {
            Row(1, StartMs + i, i, i).AppendTo(history.Writer(0));
            if (i == 100)
                await FlushAsync(history, 100);
        }

        (Row(1, StartMs + 1, 200, 1) with { Flags = HistoryRowFlags.Late }).AppendTo(history.Writer(0));
        await FlushAsync(history, 200);
    }
}
