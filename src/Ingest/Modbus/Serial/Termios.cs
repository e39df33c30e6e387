using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fengsui.Ingest.Modbus.Serial;

/// <summary>Linux's <c>struct termios</c> as the C library lays it out on x64 and arm64, and the bits of it that matter here (asm-generic/termbits.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios
{
    public const uint TwoStopBits = 0x40;
    public const uint Receive = 0x80;
    public const uint ParityOn = 0x100;
    public const uint ParityOdd = 0x200;

    /// <summary>Modem lines do not matter.</summary>
    public const uint Local = 0x800;
    public const uint HardwareFlow = 0x8000_0000;

    /// <summary>Check parity of what comes; with <see cref="DropWrong"/> a wrong character is left out, and the frame's length or CRC tells.</summary>
    public const uint CheckParity = 0x10;
    public const uint DropWrong = 0x4;

    public uint Input;
    public uint Output;
    public uint Control;
    public uint LocalModes;
    public byte Line;
    public Characters Special;
    public uint InputSpeed;
    public uint OutputSpeed;

    [InlineArray(32)]
    public struct Characters
    {
        private byte _first;
    }
}
