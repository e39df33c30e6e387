namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>How a value inside an additional item of 0x0200 becomes a metric.</summary>
/// <param name="Id">Of the item.</param>
/// <param name="Offset">Of the value inside the item.</param>
/// <param name="Width">1, 2 or 4 bytes, unsigned, big-endian.</param>
/// <param name="UnitsPerValue">The number on the wire is divided by it.</param>
/// <param name="Metric">UTF-8.</param>
internal sealed record ReportItem(byte Id, int Offset, int Width, double UnitsPerValue, byte[] Metric);
