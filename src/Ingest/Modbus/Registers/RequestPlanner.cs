using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>Joins points into as few requests as the protocol, and the device, allow.</summary>
internal static class RequestPlanner
{
    /// <param name="points">In any order; they may overlap.</param>
    /// <param name="maxGap">Registers, or bits, that may be read in vain between two points of one request.</param>
    /// <param name="maxRegisters">Registers in one request; bits are bounded by the protocol only.</param>
    public static IReadOnlyList<PlannedRead> Plan(IEnumerable<RegisterPoint> points, int maxGap, int maxRegisters)
    {
        var reads = new List<PlannedRead>();
        var tables = points.GroupBy(point => (point.Function, point.PeriodMs)).OrderBy(table => table.Key.PeriodMs).ThenBy(table => table.Key.Function);
        foreach (var table in tables)
        {
            var limit = ModbusLimits.IsBits(table.Key.Function) ? ModbusLimits.MaxBits : maxRegisters;
            Join(table.OrderBy(point => point.Address).ThenBy(point => point.Size), maxGap, limit, reads);
        }

        return reads;
    }

    /// <summary>Two reads that hold the points of one; the smaller the stretch, the fewer suffer for an address that does not exist.</summary>
    public static (PlannedRead Low, PlannedRead High)? Halve(PlannedRead read)
    {
        var half = read.Points.Length / 2;
        return half == 0 ? null : (new PlannedRead(read.Points[..half]), new PlannedRead(read.Points[half..]));
    }

    private static void Join(IEnumerable<RegisterPoint> points, int maxGap, int limit, List<PlannedRead> reads)
    {
        var joined = new List<RegisterPoint>();
        var end = 0;
        foreach (var point in points)
        {
            var next = Math.Max(end, point.Address + point.Size);
            if (joined.Count > 0 && (point.Address - end > maxGap || next - joined[0].Address > limit))
            {
                reads.Add(new PlannedRead(joined));
                joined.Clear();
                next = point.Address + point.Size;
            }

            joined.Add(point);
            end = next;
        }

        if (joined.Count > 0)
        {
            reads.Add(new PlannedRead(joined));
        }
    }
}
