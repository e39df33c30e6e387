namespace Fengsui.Devices.Journal;

/// <summary>Someone who reads the journal at their own pace, see <see cref="JournalHold"/>.</summary>
/// <param name="NeededFrom">The smallest position still needed. Called on another thread.</param>
/// <param name="MaxBytes">How far behind the journal's end it may be and still be waited for.</param>
public sealed record HeldReader(Func<long> NeededFrom, long MaxBytes);
