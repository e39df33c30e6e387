using System.Text;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>One gateway of a source, as it is heard.</summary>
/// <param name="number">From 0.</param>
/// <param name="id">As it calls itself, or as its topic does.</param>
/// <param name="device">The device that stands for it; null for none.</param>
internal sealed class KnownGateway(int number, string id, string? device)
{
    /// <summary>Characters of an id.</summary>
    public const int MaxIdLength = 64;

    /// <summary>A gateway that brings adverts is said to be alive this often: well within the three minutes of the shipped rule.</summary>
    private const long ReportEveryMs = 15_000;

    private long _firstMs = -1;
    private long _reportedMs = long.MinValue / 2;

    public int Number => number;

    public string Id => id;

    /// <summary>In UTF-8; null when it is no device.</summary>
    public byte[]? Device { get; } = device is null ? null : Encoding.UTF8.GetBytes(device);

    public static bool IsId(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxIdLength && DeviceIdText.IsValid(id.ToString());

    /// <summary>Whether it is time to say that it is alive, and for how long it has been, s: as it says, or as long as it has been heard here.</summary>
    /// <param name="stated">NaN when it does not say.</param>
    public bool IsDue(double stated, long receiveMs, out double uptime)
    {
        _firstMs = _firstMs < 0 ? receiveMs : _firstMs;
        uptime = double.IsNaN(stated) ? (receiveMs - _firstMs) / 1_000.0 : stated;
        if (double.IsNaN(stated) && receiveMs - _reportedMs < ReportEveryMs)
        {
            return false;
        }

        _reportedMs = receiveMs;
        return true;
    }
}
