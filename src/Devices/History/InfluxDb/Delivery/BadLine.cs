namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>A line that a server refused.</summary>
/// <param name="Number">From 0, in the order of the request; −1 when only the text is known.</param>
/// <param name="Text">The line as the server repeats it, perhaps cut off; empty when it does not.</param>
internal sealed record BadLine(int Number, string Text, string Reason);
