namespace Fengsui.Ingest.Modbus.Serial;

/// <summary>A serial port and how its characters look. Always eight data bits, as RTU frames need.</summary>
/// <param name="Path">The device: <c>/dev/ttyUSB0</c>.</param>
/// <param name="Baud">One of <see cref="BaudRates"/>.</param>
/// <param name="Parity">The serial line specification asks for even, and for two stop bits without parity.</param>
/// <param name="StopBits">1 or 2.</param>
internal sealed record SerialPortOptions(string Path, int Baud, SerialParity Parity, int StopBits)
{
    public const int DefaultBaud = 19_200;

    /// <summary>Above this rate the specification fixes the silence between frames.</summary>
    private const int FastBaud = 19_200;

    private const double SilentCharacters = 3.5;

    private static readonly TimeSpan FastSilence = TimeSpan.FromMilliseconds(1.75);

    /// <summary>Rates with the number by which termios knows them (asm-generic/termbits.h).</summary>
    public static IReadOnlyDictionary<int, uint> BaudRates { get; } = new SortedDictionary<int, uint>
    {
        [1_200] = 0x9,
        [2_400] = 0xB,
        [4_800] = 0xC,
        [9_600] = 0xD,
        [19_200] = 0xE,
        [38_400] = 0xF,
        [57_600] = 0x1001,
        [115_200] = 0x1002,
    };

    /// <summary>What must be silent between two frames (MODBUS over Serial Line V1.02, 2.5.1.1).</summary>
    public TimeSpan Silence => Baud > FastBaud ? FastSilence : TimeSpan.FromSeconds(SilentCharacters * BitsPerCharacter / Baud);

    private int BitsPerCharacter => 1 + 8 + (Parity == SerialParity.None ? 0 : 1) + StopBits;
}
