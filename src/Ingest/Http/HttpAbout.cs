using Fengsui.Ingest.Payloads.LineProtocol;

namespace Fengsui.Ingest.Http;

/// <summary>What dead letters of requests are filed under: the request's line, with what the body alone does not say.</summary>
internal static class HttpAbout
{
    private const string Write = "POST /write";
    private const string Precision = "?precision=";
    private const string Telemetry = "POST /api/v1/telemetry";
    private const string Device = "?device=";

    public static string Lines(LinePrecision precision) => Write + Precision + precision switch
    {
        LinePrecision.Nanoseconds => "ns",
        LinePrecision.Microseconds => "us",
        LinePrecision.Milliseconds => "ms",
        LinePrecision.Seconds => "s",
        LinePrecision.Minutes => "m",
        _ => "h",
    };

    /// <param name="device">That the request named; null when the body does.</param>
    public static string Json(string? device) => device is null ? Telemetry : Telemetry + Device + Uri.EscapeDataString(device);

    /// <summary>Null when it is about something else. Without a precision: of a server that did not keep it.</summary>
    public static (string? Precision, bool IsLines)? ReadLines(string about) =>
        about == Write ? (null, true) : about.StartsWith(Write + Precision, StringComparison.Ordinal) ? (about[(Write.Length + Precision.Length)..], true) : null;

    /// <inheritdoc cref="ReadLines"/>
    public static (string? Device, bool IsJson)? ReadJson(string about) =>
        about == Telemetry ? (null, true) : about.StartsWith(Telemetry + Device, StringComparison.Ordinal) ? (Uri.UnescapeDataString(about[(Telemetry.Length + Device.Length)..]), true) : null;
}
