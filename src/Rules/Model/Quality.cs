namespace Fengsui.Rules.Model;

/// <summary>How far a reading's value may be trusted. Stored in journal and history as one byte: never renumber.</summary>
public enum Quality : byte
{
    /// <summary>Measured and in range.</summary>
    Good = 0,

    /// <summary>Measured, but the source marks it doubtful (warming up, out of calibration, substituted).</summary>
    Uncertain = 1,

    /// <summary>The source says there is no usable value: a read error, a sentinel, NaN. A rule sees it as unknown.</summary>
    Bad = 2,
}
