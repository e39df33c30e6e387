using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Ble.Configuration;

/// <summary>
/// The keys of devices: a line each, <c>A4:C1:38:12:34:56 231d39c1d7cc1ab1aee224cd096db932</c>; what follows a <c>#</c> is a comment. Nothing of it but
/// addresses and line numbers is ever shown.
/// </summary>
internal static class KeyFile
{
    private const int MaxBytes = 1 << 20;

    /// <exception cref="IOException">It is missing, open to others, or wrong: every wrong line is told at once.</exception>
    public static Dictionary<BleAddress, byte[]> Read(string directory, string path)
    {
        var keys = new Dictionary<BleAddress, byte[]>();
        var mistakes = new List<string>();
        var number = 0;
        foreach (var line in SecretFile.ReadLines(directory, path, MaxBytes))
        {
            number++;
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && Mistake(words, keys) is { } mistake)
            {
                mistakes.Add($"line {number}: {mistake}");
            }
        }

        if (keys.Count > AdvertBook.MaxDevices)
        {
            mistakes.Add($"more than {AdvertBook.MaxDevices} keys");
        }

        return mistakes.Count == 0 ? keys : throw new IOException($"the key file {path}: {string.Join("; ", mistakes)}");
    }

    /// <summary>Adds the key, or says what is wrong.</summary>
    private static string? Mistake(string[] words, Dictionary<BleAddress, byte[]> keys)
    {
        if (!BleAddress.TryParse(words[0], out var address))
        {
            return $"no {BleAddress.Expected["an ".Length..].Split(' ')[0]} at its beginning";
        }

        var key = new byte[BthomeCipher.KeyBytes];
        if (words.Length != 2 || HexText.Decode(System.Text.Encoding.UTF8.GetBytes(words[1]), key) != key.Length)
        {
            return $"the key of {address} is not {2 * BthomeCipher.KeyBytes} hexadecimal digits";
        }

        return keys.TryAdd(address, key) ? null : $"a second key of {address}";
    }
}
