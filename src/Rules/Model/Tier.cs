namespace Fengsui.Rules.Model;

/// <summary>The four grades of an alert, lowest first. Stored as one byte: never renumber.</summary>
public enum Tier : byte
{
    /// <summary>No tier: the alert is not firing.</summary>
    None = 0,

    /// <summary>一般: the enterprise's safety officer.</summary>
    General = 1,

    /// <summary>较大: the park supervisor, with customs on site.</summary>
    Significant = 2,

    /// <summary>重大: emergency and customs joint group.</summary>
    Major = 3,

    /// <summary>跨境联动: all of the above, and upward.</summary>
    CrossBorder = 4,
}
