namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>Takes one row after the other, in journal order.</summary>
internal delegate void AppliedRowTaker(in AppliedRow row);
