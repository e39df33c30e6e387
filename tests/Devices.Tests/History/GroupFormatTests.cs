using Fengsui.Devices.History.Embedded;
using Xunit;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

public sealed class GroupFormatTests
{
    /// <summary>
    /// The file that <c>docs/history-format.md</c> takes apart. A change of it is a change of the format: raise the version.
    /// </summary>
    private const string Golden = "GOLDEN";

    [Fact]
    public async Task The_group_file_is_byte_for_byte_the_documented_one()
    {
        using var folder = new TemporaryFolder();
        await using var history = Open(folder.Path);
        for (var i = 0; i < 4; i++)
            Row(7, StartMs + (i * 100), 1000 + i, 21.37 + (i == 2 ? 0.01 : 0), i == 3 ? double.NaN : 5).AppendTo(history.Writer(0));
        await FlushAsync(history, 1010);
        var bytes = await File.ReadAllBytesAsync(folder.File("g-00000000000000001010-0.fsh"));
        var used = bytes.AsSpan(0, 64 + 68).ToArray();
        Assert.Equal(Golden, Convert.ToHexStringLower(used) + "|" + Convert.ToHexStringLower(bytes.AsSpan(bytes.Length - 100)));
    }

    [Fact]
    public void Numbers_on_disk_never_change()
    {
        Assert.Equal(
            [0, 1, 2, 3],
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
