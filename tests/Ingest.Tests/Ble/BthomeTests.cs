using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Tests.Ble;

public sealed class BthomeTests
{
    private static readonly byte[] Golden = Convert.FromHexString(Sender.GoldenFrame);

    [Fact]
    public void The_golden_frame_is_decrypted_and_read()
    {
        Assert.True(TryDecrypt(Golden, Sender.GoldenAddress, out var objects));
        Assert.Equal("02CA0903BF13", Convert.ToHexString(objects));
        Assert.Equal(0x33221100u, BthomeCipher.CounterOf(Golden));
        Assert.Equal("temperature=25.06 humidity=50.55", Read(objects));
        Assert.Equal(Sender.GoldenFrame, Sender.Golden.Data("02CA0903BF13", 0x33221100), ignoreCase: true);
    }

    [Fact]
    public void No_bit_of_a_frame_may_change()
    {
        for (var bit = 0; bit < Golden.Length * 8; bit++)
        {
            var changed = Golden.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(TryDecrypt(changed, Sender.GoldenAddress, out _), $"bit {bit}");
        }

        Assert.False(TryDecrypt(Golden, "5448E68F80A6", out _));
    }

    [Fact]
    public void No_shorter_frame_verifies()
    {
        for (var length = 1 + BthomeCipher.TrailerBytes; length < Golden.Length; length++)
        {
            Assert.False(TryDecrypt(Golden[..length], Sender.GoldenAddress, out _));
        }
    }

    [Theory]
    [InlineData("0161", "battery=97")]
    [InlineData("02CA09", "temperature=25.06")]
    [InlineData("020080", "temperature!")]
    [InlineData("45F6FF", "temperature=-1")]
    [InlineData("57EA", "temperature=-22")]
    [InlineData("04138A01", "pressure=1008.83")]
    [InlineData("05138A14", "illuminance=13460.67")]
    [InlineData("0C020C", "voltage=3.074")]
    [InlineData("12E204", "co2=1250")]
    [InlineData("13 3301", "tvoc=307")]
    [InlineData("1F01", "lock=1")]
    [InlineData("1F00", "lock=0")]
    [InlineData("1F02", "lock!")]
    [InlineData("1A01 2B01 2101", "door=1 tamper=1 motion=1")]
    [InlineData("1701 1C01", "co.alarm=1 gas.alarm=1")]
    [InlineData("4B138A14", "gas.volume=1346.067")]
    [InlineData("4C41018A01", "gas.volume=25821.505")]
    [InlineData("02CA09 02CB09 45F600", "temperature=25.06 temperature.2=25.07 temperature.3=24.6")]
    [InlineData("0009 0161 5303414243 5402FFFF F00100", "battery=97")]
    [InlineData("620A000000", "speed.ms=1E-05")]
    public void Objects_become_metrics_in_their_units(string hex, string expected)
    {
        Assert.Equal(expected, Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_volume_of_gas_is_no_concentration()
    {
        var names = Enumerable.Range(0, 256).Select(id => BthomeObjects.Find((byte)id)?.Metric).OfType<string>().ToHashSet();
        Assert.DoesNotContain("gas", names);
        Assert.DoesNotContain("co", names);
        Assert.DoesNotContain("lel", names);
        Assert.DoesNotContain("smoke", names);
    }

    [Fact]
    public void Every_object_cut_short_is_malformed()
    {
        for (var id = 0; id < 256; id++)
        {
            if (BthomeObjects.Find((byte)id) is not { } known)
            {
                continue;
            }

            byte[] whole = known.Size > 0 ? [(byte)id, .. new byte[known.Size]] : [(byte)id, 3, 65, 66, 67];
            Assert.Equal(RejectReason.None, BthomeReader.Read(whole, Fresh()));
            for (var length = 1; length < whole.Length; length++)
            {
                Assert.Equal(RejectReason.MalformedFrame, BthomeReader.Read(whole.AsSpan(0, length), Fresh()));
            }
        }
    }

    [Fact]
    public void What_stands_before_an_unknown_object_is_read()
    {
        var advert = Fresh();
        Assert.Equal(RejectReason.UnknownMessage, BthomeReader.Read(Convert.FromHexString("016199AABB"), advert));
        Assert.Equal((1, 0x99), (advert.Count, advert.UnknownObject));
    }

    [Theory]
    [InlineData("A4:C1:38:12:34:56", "A4C138123456")]
    [InlineData("a4-c1-38-12-34-56", "A4C138123456")]
    [InlineData("a4c138123456", "A4C138123456")]
    [InlineData("A4:C1:38:12:34:5", null)]
    [InlineData("A4:C1:38:12:34:5G", null)]
    [InlineData("A4C1:38:12:34:561", null)]
    [InlineData("A4 C1 38 12 34 56", null)]
    [InlineData("", null)]
    public void Addresses_are_read_as_people_write_them(string text, string? expected)
    {
        Assert.Equal(expected, BleAddress.TryParse(text, out var address) ? address.ToString() : null);
    }

    [Fact]
    public void The_golden_frame_of_RuuviTag_is_read()
    {
        var advert = Fresh();
        Assert.True(RuuviRaw.TryRead(Convert.FromHexString("9904" + "0512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F"), advert));
        Assert.Equal("temperature=24.3 humidity=53.49 pressure=1000.44 voltage=2.977 movements=66", Text(advert));
        Assert.Equal(205, advert.Sequence);
        Assert.True(RuuviRaw.TryRead(Convert.FromHexString("9904" + "058000FFFFFFFF800080008000FFFFFFFFFFFFFFFFFFFFFF"), advert = Fresh()));
        Assert.Equal("temperature! humidity! pressure! voltage! movements!", Text(advert));
    }

    [Theory]
    [InlineData("020106 0416D2FC40", "40", "")]
    [InlineData("020106 05FF99040501", "", "99040501")]
    [InlineData("0416D1FC40 0416D2FC41 0000", "41", "")]
    [InlineData("", "", "")]
    [InlineData("05FF9904", null, null)]
    [InlineData("01", null, null)]
    public void Structures_of_an_advertisement_are_found(string hex, string? bthome, string? manufacturer)
    {
        var isWhole = AdStructures.TryFind(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out var service, out var maker);
        Assert.Equal((bthome, manufacturer), isWhole ? (Convert.ToHexString(service), Convert.ToHexString(maker)) : (null, null));
    }

    private static Advert Fresh()
    {
        var advert = new Advert();
        advert.Clear();
        return advert;
    }

    private static bool TryDecrypt(byte[] frame, string address, out byte[] objects)
    {
        using var cipher = new BthomeCipher(Convert.FromHexString(Sender.GoldenKey));
        objects = new byte[frame.Length - 1 - BthomeCipher.TrailerBytes];
        Assert.True(BleAddress.TryParse(address, out var parsed));
        return cipher.TryDecrypt(parsed, frame, objects);
    }

    private static string Read(byte[] objects)
    {
        var advert = Fresh();
        Assert.Equal(RejectReason.None, BthomeReader.Read(objects, advert));
        return Text(advert);
    }

    private static string Text(Advert advert) => string.Join(' ', advert.Values.ToArray().Select(one =>
        System.Text.Encoding.UTF8.GetString(one.Name) + (double.IsNaN(one.Value) ? "!" : FormattableString.Invariant($"={Math.Round(one.Value, 6):R}"))));
}
