namespace Fengsui.Devices.Canary;

/// <summary>A part of the path from a reading to an alert that is given out, in its order.</summary>
public enum CanaryStage : byte
{
    /// <summary>All of it works.</summary>
    None = 0,

    /// <summary>Decoding, and room to write.</summary>
    Intake = 1,

    /// <summary>The reading is not durable.</summary>
    Journal = 2,

    /// <summary>A shard does not get on.</summary>
    Shard = 3,

    /// <summary>The device has the reading, and no alert came of it.</summary>
    Rule = 4,

    /// <summary>The alert log cannot be written.</summary>
    AlertLog = 5,

    /// <summary>The alert is in the log and the book, and is not given out.</summary>
    Delivery = 6,
}
