using System.Globalization;
using Spectre.Console;

namespace Fengsui.Fleet.Display;

/// <summary>The summary as a table for people.</summary>
internal static class FleetReport
{
    private const double MicrosecondsPerMs = 1000;
    private const double BytesPerMegabyte = 1e6;

    public static Table Table(FleetSummary summary)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Add(table, "devices / connections", $"{summary.Devices:N0} / {summary.ConnectionCount:N0}");
        Add(table, "messages", $"{summary.Messages:N0} in {summary.ElapsedSeconds:N2} s");
        Add(table, "rate", $"{summary.MessagesPerSecond:N0} messages/s, {summary.ReadingsPerSecond:N0} readings/s");
        Add(table, "bytes", $"{summary.Bytes / BytesPerMegabyte:N1} MB in {summary.Writes:N0} writes");
        if (summary.Qos > 0)
        {
            Add(table, "acknowledged", $"{summary.Acked:N0}, {summary.Unacknowledged:N0} missing");
            Add(table, "PUBACK p50 / p90 / p99", $"{Ms(summary.LatencyP50)} / {Ms(summary.LatencyP90)} / {Ms(summary.LatencyP99)} ms");
            Add(table, "PUBACK p99.9 / max", $"{Ms(summary.LatencyP999)} / {Ms(summary.LatencyMax)} ms");
        }

        Add(table, "late against schedule p50 / p99 / max", $"{Ms(summary.LatenessP50)} / {Ms(summary.LatenessP99)} / {Ms(summary.LatenessMax)} ms");
        Add(table, "refused / garbage / re-sent", $"{summary.Refused:N0} / {summary.Garbage:N0} / {summary.Resent:N0}");
        Add(table, "disconnects / failed connects", $"{summary.Disconnects:N0} / {summary.ConnectFailures:N0}");
        Add(table, "generator's CPU", $"{summary.CpuUserSeconds:N2} s own, {summary.CpuKernelSeconds:N2} s kernel");
        return table;
    }

    public static string Ms(long microseconds) => (microseconds / MicrosecondsPerMs).ToString("N2", CultureInfo.InvariantCulture);

    private static void Add(Table table, string name, FormattableString value) =>
        table.AddRow(new Text(name), new Text(FormattableString.Invariant(value)));
}
