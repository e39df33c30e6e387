using System.Buffers.Binary;
using Fengsui.Ingest.Modbus.Registers;
using FsCheck.Fluent;

namespace Fengsui.Ingest.Tests.Modbus.Registers;

public sealed class RegisterFormatTests
{
    private static readonly RegisterType[] Types =
    [
        RegisterType.Int16, RegisterType.UInt16, RegisterType.Int32, RegisterType.UInt32, RegisterType.Int64, RegisterType.UInt64, RegisterType.Float32, RegisterType.Float64,
    ];

    [Theory]
    [InlineData(RegisterOrder.Abcd, "12345678")]
    [InlineData(RegisterOrder.Cdab, "56781234")]
    [InlineData(RegisterOrder.Badc, "34127856")]
    [InlineData(RegisterOrder.Dcba, "78563412")]
    public void Four_bytes_have_four_orders(RegisterOrder order, string bytes) =>
        Assert.Equal(0x12345678, new RegisterFormat(RegisterType.UInt32, order).Read(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData(RegisterOrder.Abcd, "0123456789ABCDEF")]
    [InlineData(RegisterOrder.Cdab, "CDEF89AB45670123")]
    [InlineData(RegisterOrder.Badc, "23016745AB89EFCD")]
    [InlineData(RegisterOrder.Dcba, "EFCDAB8967452301")]
    public void Eight_bytes_turn_their_words_round_as_a_whole(RegisterOrder order, string bytes) =>
        Assert.Equal(0x0123456789ABCDEFul, new RegisterFormat(RegisterType.UInt64, order).Raw(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData(RegisterType.Int16, "FFFE", -2)]
    [InlineData(RegisterType.UInt16, "FFFE", 65_534)]
    [InlineData(RegisterType.Int16, "8000", -32_768)]
    [InlineData(RegisterType.Int32, "FFFFFFFE", -2)]
    [InlineData(RegisterType.UInt32, "FFFFFFFE", 4_294_967_294)]
    [InlineData(RegisterType.Int64, "FFFFFFFFFFFFFFFE", -2)]
    [InlineData(RegisterType.UInt64, "0020000000000000", 9_007_199_254_740_992)]
    [InlineData(RegisterType.Float32, "41ACCCCD", 21.600000381469727)]
    [InlineData(RegisterType.Float32, "C2F60000", -123)]
    [InlineData(RegisterType.Float64, "40359999 9999999A", 21.6)]
    [InlineData(RegisterType.Float32, "7FC00000", double.NaN)]
    public void Bits_are_the_number_of_their_type(RegisterType type, string bytes, double number) =>
        Assert.Equal(number, new RegisterFormat(type).Read(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(4, 4, 0xB)]
    [InlineData(8, 8, 0xCA)]
    [InlineData(15, 1, 1)]
    [InlineData(0, 16, 0xCABE)]
    public void Field_is_an_unsigned_number_of_its_bits(byte first, byte length, double number) =>
        Assert.Equal(number, new RegisterFormat(RegisterType.Int16, RegisterOrder.Abcd, new BitField(first, length)).Read([0xCA, 0xBE]));

    [Fact]
    public void Bits_of_coils_begin_at_the_lowest_of_the_first_byte()
    {
        byte[] data = [0b1100_1101, 0b0110_1011, 0b0000_0101];
        Assert.Equal([1, 0, 1, 1, 0, 0, 1, 1, 1, 1], Enumerable.Range(0, 10).Select(bit => RegisterFormat.ReadBit(data, bit)));
    }

    [Theory]
    [InlineData(0.1, 0, 214, 21.4)]
    [InlineData(0.01, 0, 2_201, 22.01)]
    [InlineData(0.001, 0, 20_947, 20.947)]
    [InlineData(-0.5, 10, 4, 8)]
    [InlineData(10, -40, 5, 10)]
    [InlineData(0.3, 0, 3, 0.3 * 3)]
    public void Scale_of_one_part_of_a_whole_number_leaves_no_binary_noise(double scale, double offset, double number, double value) =>
        Assert.Equal(value, new Scaling(scale, offset).Apply(number));

    /// <summary>What any order of bytes was made of is read back, for every type.</summary>
    [Fact]
    public void Every_type_in_every_order_reads_back_what_was_written() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<ulong>(bits =>
        {
            foreach (var type in Types)
            {
                foreach (var order in Enum.GetValues<RegisterOrder>())
                {
                    var size = RegisterFormat.RegistersOf(type) * 2;
                    var format = new RegisterFormat(type, order);
                    Assert.Equal(bits & (ulong.MaxValue >> (64 - (size * 8))), format.Raw(Write(bits, size, order)));
                    Assert.Equal(Expected(type, bits), format.Read(Write(bits, size, order)));
                }
            }
        }));

    /// <summary>An encoder of its own: the value's bytes, most significant first, laid out by what the letters say.</summary>
    private static byte[] Write(ulong bits, int size, RegisterOrder order)
    {
        var plain = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(plain, bits);
        byte[][] words = [.. plain[(8 - size)..].Chunk(2)];
        words = order is RegisterOrder.Cdab or RegisterOrder.Dcba ? [.. words.Reverse()] : words;
        return [.. words.SelectMany(word => order is RegisterOrder.Badc or RegisterOrder.Dcba ? word.Reverse() : word)];
    }

    private static double Expected(RegisterType type, ulong bits) => type switch
    {
        RegisterType.Int16 => unchecked((short)bits),
        RegisterType.UInt16 => unchecked((ushort)bits),
        RegisterType.Int32 => unchecked((int)bits),
        RegisterType.UInt32 => unchecked((uint)bits),
        RegisterType.Int64 => unchecked((long)bits),
        RegisterType.UInt64 => bits,
        RegisterType.Float32 => BitConverter.UInt32BitsToSingle(unchecked((uint)bits)),
        _ => BitConverter.UInt64BitsToDouble(bits),
    };
}
