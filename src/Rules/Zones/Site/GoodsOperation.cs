namespace Fengsui.Rules.Zones.Site;

/// <summary>How an entry of the goods list changes. On disk: never renumber.</summary>
public enum GoodsOperation : byte
{
    /// <summary>So much more is there.</summary>
    Stored = 1,

    /// <summary>So much less is there; never below nothing.</summary>
    Removed = 2,

    /// <summary>This is what is there.</summary>
    Set = 3,
}
