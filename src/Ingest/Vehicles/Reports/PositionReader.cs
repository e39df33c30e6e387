using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>Turns position reports (0x0200) into rows.</summary>
/// <param name="cargoDoors">The doors whose opening is <c>cargo.door</c>.</param>
internal sealed class PositionReader(StatusBits cargoDoors)
{
    /// <summary>One report. The rows' device is set already.</summary>
    /// <returns>Why it is refused; <see cref="RejectReason.None"/> when it was read.</returns>
    public RejectReason Read(ReadOnlySpan<byte> body, MessageRows rows, AlarmEdges edges)
    {
        if (!PositionReport.TryRead(body, out var report))
        {
            return RejectReason.MalformedFrame;
        }

        AddHead(report, rows);
        if (!ReportItems.TryAdd(report.Items, rows))
        {
            // What stands before the item that is cut off is as good as ever.
            rows.LeaveOut(RejectReason.MalformedFrame);
        }

        var timeMs = report.HasNoTime ? rows.ReceiveMs : report.TimeMs;
        if (TryEndRow(rows, report.HasNoTime, timeMs))
        {
            Tell(report.Alarms & AlarmBits.Known, timeMs, report.HasNoTime, rows, edges);
        }

        return RejectReason.None;
    }

    private void AddHead(in PositionReport report, MessageRows rows)
    {
        var quality = report.IsFixed ? Quality.Good : Quality.Bad;
        rows.AddPosition("position"u8, report.IsFixed ? report.Latitude : double.NaN, report.Longitude);
        rows.Add("speed"u8, report.Speed, quality);
        rows.Add("heading"u8, report.Direction, quality);
        rows.Add("altitude"u8, report.Altitude, quality);
        var status = report.Status;
        AddState("ignition"u8, (status & StatusBits.Ignition) != 0, rows);

        // As everywhere: 1 is the state that needs attention, so a lock is 1 when it is open.
        AddState("doors.lock"u8, (status & StatusBits.DoorsLocked) == 0, rows);
        AddState("front.door"u8, (status & StatusBits.FrontDoor) != 0, rows);
        AddState("middle.door"u8, (status & StatusBits.MiddleDoor) != 0, rows);
        AddState("rear.door"u8, (status & StatusBits.RearDoor) != 0, rows);
        AddState("driver.door"u8, (status & StatusBits.DriverDoor) != 0, rows);
        if (cargoDoors != 0)
        {
            AddState("cargo.door"u8, (status & cargoDoors) != 0, rows);
        }
    }

    /// <summary>The alarms, in a row of their own: all of them, so that every such row has the same metrics.</summary>
    private static void Tell(uint alarms, long timeMs, bool hasNoTime, MessageRows rows, AlarmEdges edges)
    {
        if (!edges.IsEdge(timeMs, alarms))
        {
            edges.Take(timeMs, alarms);
            return;
        }

        for (var bit = 0; bit < AlarmBits.Names.Length; bit++)
        {
            if (AlarmBits.Names[bit] is { } name)
            {
                AddState(name, (alarms & (1u << bit)) != 0, rows);
            }
        }

        if (TryEndRow(rows, hasNoTime, timeMs))
        {
            edges.Take(timeMs, alarms);
        }
    }

    private static void AddState(ReadOnlySpan<byte> metric, bool isOne, MessageRows rows) => rows.Add(metric, isOne ? 1 : 0);

    private static bool TryEndRow(MessageRows rows, bool hasNoTime, long timeMs)
    {
        var staged = rows.Count;
        if (hasNoTime)
        {
            rows.EndRow();
        }
        else
        {
            rows.EndRowAt(timeMs);
        }

        return rows.Count > staged;
    }
}
