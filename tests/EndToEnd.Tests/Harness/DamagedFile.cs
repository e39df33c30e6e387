namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Finds files of a data directory and spoils them.</summary>
internal static class DamagedFile
{
    /// <summary>The last by name of the files that a pattern such as <c>journal/*.seg</c> matches: positions are in the names.</summary>
    public static string Newest(string dataDirectory, string pattern)
    {
        var folder = Path.Combine(dataDirectory, Path.GetDirectoryName(pattern)!);
        return Directory.GetFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).Last();
    }

    public static void Inflict(this FileDamage damage, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var middle = UsedLength(file) / 2;
        switch (damage)
        {
            case FileDamage.Truncated:
                file.SetLength(middle);
                break;
            case FileDamage.BitFlipped:
                file.Position = middle;
                var value = file.ReadByte();
                file.Position = middle;
                file.WriteByte((byte)(value ^ 0x10));
                break;
            default:
                var length = (int)file.Length;
                file.Position = 0;
                file.Write(new byte[length]);
                break;
        }
    }

    /// <summary>Journal segments are allocated ahead: what follows the last byte that is not zero was never written.</summary>
    private static long UsedLength(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return Array.FindLastIndex(bytes, value => value != 0) + 1;
    }
}
