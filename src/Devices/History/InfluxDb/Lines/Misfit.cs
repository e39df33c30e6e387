namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>Told of a value that does not fit the type its metric is written as, with the line it would have been as a float.</summary>
internal delegate void Misfit(long position, int index, string reason, ReadOnlySpan<byte> line);
