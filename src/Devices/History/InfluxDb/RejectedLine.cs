namespace Fengsui.Devices.History.InfluxDb;

/// <summary>A line that an InfluxDB target kept aside.</summary>
/// <param name="Time">When, as the file has it.</param>
/// <param name="Reason">The server's words, or why the line was never sent.</param>
/// <param name="Text">Line protocol.</param>
public sealed record RejectedLine(string Time, string Reason, string Text);
