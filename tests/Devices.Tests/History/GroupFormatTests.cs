using Fengsui.Devices.History.Embedded;
using Xunit;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

public sealed class GroupFormatTests
{
    /// <summary>
    /// The file that <c>docs/history-format.md</c> takes apart. A change of it is a change of the format: raise the version.
    /// </summary>
    private const string Golden = """
        46534847525030310200000000000000fffffffffffffffff20300000000000000000000000000000000000000000000000000000000000000000000147560d8
        040201020a020503080009000380a0e28dd566c80100000e03d00f020000d60101020001b221010402074c0164a0d97f01
        01000000070000003100000040000000000000000048dca89a0100002c49dca89a0100000400000040af8a06…9c4e3e5c
        07000000465348454e4430317100000000000000010000000df367510100000000000000040000000000000008000000000000000048dca89a0100002c49dca89a010000d510000000000000000000000000000000000000000000000000000079b8344d
        """;

    /// <summary>The header of the same file as version 1 wrote it; the rest is the same.</summary>
    private const string HeaderOfVersion1 =
        "46534847525030310100000000000000fffffffffffffffff203000000000000000000000000000000000000000000000000000000000000000000001b1e3f31";

    [Fact]
    public async Task A_group_file_of_version_1_is_read()
    {
        using var folder = new TemporaryFolder();
        var parts = Golden.Split('\n', '…');
        byte[] file =
        [
            .. Convert.FromHexString(HeaderOfVersion1), .. Convert.FromHexString(parts[1]),
            .. Convert.FromHexString(parts[2]), .. new byte[4048], .. Convert.FromHexString(parts[3]), .. Convert.FromHexString(parts[4]),
        ];
        await File.WriteAllBytesAsync(folder.File("g-00000000000000001010-0.fsh"), file);
        await using var history = Open(folder.Path);
        Assert.Equal((1010, 0), (history.CommittedPosition, (int)history.Stats.QuarantinedGroups));
        Assert.Equal(
            [(StartMs, 21.37, 1000), (StartMs + 100, 21.37, 1001), (StartMs + 200, 21.38, 1002), (StartMs + 300, 21.37, 1003)],
            All(history, 7, 1).Select(reading => (reading.EventTimeMs, reading.Value, reading.JournalPosition)));
    }

    [Fact]
    public async Task The_group_file_is_byte_for_byte_the_documented_one()
    {
        using var folder = new TemporaryFolder();
        await using var history = Open(folder.Path);
        for (var i = 0; i < 4; i++)
            Row(7, StartMs + (i * 100), 1000 + i, i == 2 ? 21.38 : 21.37, i == 3 ? double.NaN : 5).AppendTo(history.Writer(0));
        await FlushAsync(history, 1010);
        var bytes = await File.ReadAllBytesAsync(folder.File("g-00000000000000001010-0.fsh"));
        var directory = bytes.AsSpan(^(4096 + 4 + 96)..);
        var actual = string.Join(
            '\n',
            Convert.ToHexStringLower(bytes.AsSpan(0, 64)),
            Convert.ToHexStringLower(bytes.AsSpan(64..^(4096 + 4 + 96))),
            Convert.ToHexStringLower(directory[..44]) + "…" + Convert.ToHexStringLower(directory[4092..4096]),
            Convert.ToHexStringLower(directory[4096..]));
        Assert.True(Golden == actual, actual);
        Assert.False(directory[44..4092].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Numbers_on_disk_never_change()
    {
        Assert.Equal(
            [0, 1, 2, 3, 4, 5],
            Enum.GetValues<Fengsui.Devices.History.Embedded.Columns.IntegerColumnMode>().Select(mode => (int)mode));
        Assert.Equal(
            ["Constant", "Decimal", "Xor", "Raw", "Halves"],
            Enum.GetNames<Fengsui.Devices.History.Embedded.Columns.ValueColumnMode>());
        Assert.Equal(1, (int)HistoryRowFlags.Late);
    }

    [Fact]
    public void Crc_is_the_Castagnoli_polynomial() =>
        Assert.Equal(0xe3069283, Fengsui.Devices.History.Embedded.Groups.Crc32C.Of("123456789"u8));
}
