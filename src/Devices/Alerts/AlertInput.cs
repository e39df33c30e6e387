namespace Fengsui.Devices.Alerts;

/// <summary>What alerts depend on beside the steps of rules.</summary>
/// <param name="Position">Where in the journal it stands.</param>
/// <param name="Index">Before or after the transitions of the same position.</param>
internal abstract record AlertInput(long Position, int Index);
