using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Hj212;
using Fengsui.Ingest.Hj212.Codec;
using Fengsui.Ingest.Tests.Sources;
using Fengsui.Ingest.Tests.Vehicles;

namespace Fengsui.Ingest.Tests.Hj212;

public sealed class PacketTests
{
    private static readonly byte[] Good = Hj212Text.Packet("DataTime=20261125115900;a21026-Rtd=1.5,a21026-Flag=N");

    [Fact]
    public void The_vector_of_the_standard_has_the_check_1C80_and_is_read()
    {
        var packet = Hj212Text.Ascii(Hj212Text.Golden);
        Assert.Equal(packet.Length, Hj212Framing.Read(packet, out var data, out var fault));
        Assert.Equal(RejectReason.None, fault);
        Assert.Equal(101, data.Length);
        Assert.Equal(0x1C80, Hj212Crc.Of(data));
        Assert.True(Hj212Packet.TryRead(data, out var read));
        Assert.Equal((1062, 5, true, false), (read.Command, read.Flags, read.WantsAnswer, read.IsSplit));
        Assert.Equal("20160801085857223|010000A8900016F000169DC0|100000|RtdInterval=30", string.Join('|',
            Encoding.ASCII.GetString(read.Number), Encoding.ASCII.GetString(read.Station), Encoding.ASCII.GetString(read.Password), Encoding.ASCII.GetString(read.Content)));
    }

    [Fact]
    public void The_check_is_not_that_of_Modbus()
    {
        var data = Encoding.ASCII.GetBytes(Hj212Text.Golden[6..107]);
        var modbus = 0xFFFF;
        foreach (var value in data)
        {
            modbus ^= value;
            for (var step = 0; step < 8; step++)
            {
                modbus = (modbus & 1) != 0 ? (modbus >> 1) ^ 0xA001 : modbus >> 1;
            }
        }

        Assert.Equal(0x0759, modbus);
        Assert.NotEqual(modbus, Hj212Crc.Of(data));
    }

    [Fact]
    public void Every_prefix_of_a_packet_needs_more()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            Assert.Equal(0, Hj212Framing.Read(Good.AsSpan(0, length), out _, out var fault));
            Assert.Equal(RejectReason.None, fault);
        }
    }

    [Fact]
    public async Task Every_split_of_two_packets_gives_the_same_rows()
    {
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        byte[] two = [.. Good, .. Hj212Text.Packet("DataTime=20261125115901;a21026-Rtd=2.5")];
        for (var at = 0; at <= two.Length; at++)
        {
            await using var peer = rig.Serve(new Hj212Protocol(StationRig.Options(), "unit", rig.Context));
            await peer.SendAsync(two.AsMemory(0, at));
            await peer.SendAsync(two.AsMemory(at));
            await peer.HangUpAsync();
            Assert.Equal((2L, 2L, 2L), (peer.Report.FramesIn, peer.Report.FramesOut, peer.Report.Readings));
        }
    }

    [Theory]
    [InlineData("noise before", "hello", RejectReason.MalformedFrame)]
    [InlineData("a length that is no number", "##01x1QN=1;", RejectReason.MalformedFrame)]
    [InlineData("a length that is too long", "##9999QN=1;ST=32", RejectReason.MalformedFrame)]
    [InlineData("a length that is too short", "##0003QN=1;ST=32;CN=2011;CP=&&&&0000\r\n", RejectReason.MalformedFrame)]
    [InlineData("a wrong check", "##0004ABCD0000\r\n", RejectReason.ChecksumMismatch)]
    [InlineData("a check that is no number", "##0004ABCDxyz0\r\n", RejectReason.MalformedFrame)]
    [InlineData("no line end", "##0004ABCD0000", RejectReason.MalformedFrame)]
    [InlineData("nothing but a start", "##", RejectReason.MalformedFrame)]
    public async Task What_is_broken_costs_no_packet_behind_it(string what, string broken, RejectReason reason)
    {
        _ = what;
        await using var rig = await SourceRig.StartAsync(FramingTests.Noon);
        using var station = new StationRig(rig);
        Assert.Empty(station.Send(Hj212Text.Ascii(broken), Good));
        var batch = station.Take();
        Assert.NotEmpty(batch.Letters);
        Assert.All(batch.Letters, letter => Assert.Equal(reason, letter.Reason));
        Assert.Equal("stack-1: so2=1.5", Assert.Single(batch.Rows).ToString());
    }

    [Theory]
    [InlineData("QN=1;CN=2011;CP=&&DataTime=20261125115900&&")]
    [InlineData("QN=1;CN=2011;MN=A;CP=&&DataTime=20261125115900")]
    [InlineData("QN=1;CN=x;MN=A;CP=&&&&")]
    [InlineData("QN=1;CN=2011;MN=A;Flag=3;CP=&&&&")]
    [InlineData("QN=1;CN=2011;MN=A;Flag=3;PNUM=2;PNO=3;CP=&&&&")]
    [InlineData("QN=11111111111111111111111111111111111111111111111111111111111111111;CN=2011;MN=A;CP=&&&&")]
    public void Data_that_lacks_what_every_packet_says_is_refused(string data) =>
        Assert.False(Hj212Packet.TryRead(Hj212Text.Ascii(data), out _));
}
