namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>What must be done after an answer, whichever server gave it.</summary>
internal enum AnswerKind
{
    /// <summary>Stored.</summary>
    Done,

    /// <summary>The server is busy, broken or away: the same again, later.</summary>
    Retry,

    /// <summary>Some lines are wrong, or all: which, must be found.</summary>
    Refused,

    /// <summary>Smaller requests.</summary>
    TooLarge,

    /// <summary>The same without compression.</summary>
    GzipRefused,

    /// <summary>A person must put something right; the data is kept.</summary>
    Stop,
}
