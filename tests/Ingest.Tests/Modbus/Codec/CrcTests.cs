using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Tests.Modbus.Codec;

public sealed class CrcTests
{
    /// <summary>The first is the worked example of the serial line specification, the others are frames of well-known devices.</summary>
    [Theory]
    [InlineData("0207", "4112")]
    [InlineData("01030000000A", "C5CD")]
    [InlineData("110300 6B0003", "7687")]
    [InlineData("010402FFFF", "B880")]
    public void Checksum_is_that_of_the_serial_line(string bytes, string onTheWire)
    {
        var crc = Crc16.Of(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(onTheWire, $"{(byte)crc:X2}{(byte)(crc >> 8):X2}");
    }
}
