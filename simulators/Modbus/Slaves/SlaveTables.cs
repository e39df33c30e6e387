using System.Buffers.Binary;
using Fengsui.Modbus.Faults;

namespace Fengsui.Modbus.Slaves;

/// <summary>
/// What the registers of a simulated slave hold. Input registers 0 to 11: the signals as int16 in hundredths. Holding registers 0 to 23: the
/// same as float32, high word first; 100 and 101: tenths of a second since the start as uint32,
/// 102: the slave's number in the farm, from 0. Discrete inputs and coils 0: hot, 1: gas, 2:
/// tampered with (never), 3: always on.
/// </summary>
internal static class SlaveTables
{
    public const byte Coils = 1;
    public const byte DiscreteInputs = 2;
    public const byte HoldingRegisters = 3;
    public const byte InputRegisters = 4;

    private const int SampleMs = 100;
    private const int Bits = 4;
    private const int CounterAddress = 100;
    private const int NumberAddress = 102;
    private const int HotHundredths = 3_500;
    private const int GasHundredths = 2_000;

    /// <summary>Writes the registers, or bits, of a stretch.</summary>
    /// <returns>Bytes written; 0 when the stretch holds an address that does not exist.</returns>
    public static int Read(byte function, int address, int count, int slave, ulong seed, in FarmFaultSpan fault, long ms, Span<byte> data)
    {
        var sample = (int)(ms / SampleMs);
        if (function is Coils or DiscreteInputs)
        {
            return ReadBits(address, count, slave, sample, seed, fault, ms, data);
        }

        for (var i = 0; i < count; i++)
        {
            var word = function == InputRegisters
                ? InputWord(address + i, slave, sample, seed, fault, ms)
                : HoldingWord(address + i, slave, sample, seed, fault, ms);
            if (word is not { } value)
            {
                return 0;
            }

            BinaryPrimitives.WriteUInt16BigEndian(data[(i * 2)..], value);
        }

        return count * 2;
    }

    /// <summary>Hundredths of a signal.</summary>
    public static int Hundredths(int signal, int slave, int sample, ulong seed, in FarmFaultSpan fault, long ms)
    {
        var noise = (int)(Mixer.Mix(seed ^ ((ulong)(uint)slave << 32) ^ ((ulong)(uint)sample << 4) ^ (uint)signal) & 0xFF);
        return Signal.All[signal].At(slave, sample, noise, fault, ms);
    }

    private static ushort? InputWord(int address, int slave, int sample, ulong seed, in FarmFaultSpan fault, long ms) =>
        address < Signal.All.Count ? (ushort)(short)Hundredths(address, slave, sample, seed, fault, ms) : null;

    private static ushort? HoldingWord(int address, int slave, int sample, ulong seed, in FarmFaultSpan fault, long ms)
    {
        if (address == NumberAddress)
        {
            return (ushort)slave;
        }

        var bits = address is CounterAddress or CounterAddress + 1 ? (uint)sample
            : address < Signal.All.Count * 2 ? BitConverter.SingleToUInt32Bits(Hundredths(address / 2, slave, sample, seed, fault, ms) / 100f)
            : (uint?)null;
        return bits is not { } known ? null : (ushort)((address & 1) == 0 ? known >> 16 : known);
    }

    private static int ReadBits(int address, int count, int slave, int sample, ulong seed, in FarmFaultSpan fault, long ms, Span<byte> data)
    {
        if (address + count > Bits)
        {
            return 0;
        }

        var all = 0b1000
            | (Hundredths(0, slave, sample, seed, fault, ms) > HotHundredths ? 1 : 0)
            | (Hundredths(4, slave, sample, seed, fault, ms) > GasHundredths ? 2 : 0);
        data[0] = (byte)((all >> address) & ((1 << count) - 1));
        return 1;
    }
}
