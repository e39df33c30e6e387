namespace Fengsui.Rules.Snapshots;

/// <summary>Constants of a device's state in a snapshot. Little-endian throughout.</summary>
internal static class StateFormat
{
    public const byte Version = 3;

    /// <summary>metric u16, quality u8, event time i64, value f64.</summary>
    public const int SlotBytes = 19;

    /// <summary>identity 16, last evaluated i64, start i64, floor i64, ticked i64, sequence i32, tier u8, pending u8, level count u8.</summary>
    public const int RuleBytes = 55;

    /// <summary>since i64, mark i64, phase u8.</summary>
    public const int LevelBytes = 17;

    /// <summary>identity u64, fed i64, words that follow i32; then runs of words, see <see cref="MemoryRuns"/>.</summary>
    public const int CellBytes = 20;
}
