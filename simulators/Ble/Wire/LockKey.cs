using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Fengsui.Ble.Wire;

/// <summary>The keys of simulated locks, which follow from the seed.</summary>
public static class LockKey
{
    private const int Bytes = 16;

    /// <summary>Writes what a server needs to understand the locks, for its owner only: <c>ADDRESS KEY</c>, a line each.</summary>
    public static void WriteFile(string path, LocksOptions options)
    {
        var own = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            own.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, own);
        for (var number = 0; number < options.Locks; number++)
        {
            file.WriteLine($"{AddressOf(options, number)} {Convert.ToHexStringLower(Of(options.Seed, options.FirstAddress + number))}");
        }
    }

    public static string AddressOf(LocksOptions options, int number) => (options.FirstAddress + number).ToString("X12", CultureInfo.InvariantCulture);

    internal static byte[] Of(ulong seed, long address)
    {
        Span<byte> text = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(text, seed);
        BinaryPrimitives.WriteInt64BigEndian(text[8..], address);
        return SHA256.HashData(text)[..Bytes];
    }
}
