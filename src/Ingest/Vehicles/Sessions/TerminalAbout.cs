using System.Globalization;
using System.Text;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>What dead letters of one terminal are filed under: <c>jt808/SOURCE/PHONE/0200</c>, since the body alone does not say whose it is and what.</summary>
internal static class TerminalAbout
{
    public static byte[] Of(ReadOnlySpan<byte> source, string phone, ushort id) =>
        [.. source, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/{phone}/{id:X4}"))];

    /// <summary>Null when it is that of a whole frame.</summary>
    /// <param name="source"><c>jt808/SOURCE</c>.</param>
    public static (string Phone, ushort Id)? Read(string about, string source)
    {
        var parts = about.StartsWith(source + "/", StringComparison.Ordinal) ? about[(source.Length + 1)..].Split('/') : [];
        return parts.Length == 2 && ushort.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? (parts[0], id) : null;
    }
}
