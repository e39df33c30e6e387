using System.Text;

namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>Who may report, by station number. Immutable.</summary>
/// <param name="known">By number (MN).</param>
/// <param name="acceptUnknown">Takes any other number too.</param>
/// <param name="deviceTemplate">The device of a station that names none: <c>station-{mn}</c>.</param>
/// <param name="password">Of stations without one of their own; empty for none.</param>
internal sealed class StationDirectory(
    IReadOnlyDictionary<string, Station> known, bool acceptUnknown, string deviceTemplate, byte[] password)
{
    public const string NumberPlaceholder = "{mn}";

    private const int MaxNumberBytes = 64;

    private readonly Dictionary<string, Station> _known = new(known, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when it may not report. Allocates nothing for a station that is declared.</summary>
    public Station? Find(ReadOnlySpan<byte> number)
    {
        Span<char> text = stackalloc char[MaxNumberBytes];
        if (number.Length > MaxNumberBytes || Encoding.ASCII.GetChars(number, text) != number.Length)
        {
            return null;
        }

        return _known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..number.Length], out var station) ? station
            : acceptUnknown ? new Station(DeviceOf(text[..number.Length].ToString(), deviceTemplate), password)
            : null;
    }

    /// <summary>The id of a station's device, UTF-8.</summary>
    public static byte[] DeviceOf(string number, string template) =>
        Encoding.UTF8.GetBytes(template.Replace(NumberPlaceholder, number, StringComparison.Ordinal));
}
