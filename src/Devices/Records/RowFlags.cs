namespace Fengsui.Devices.Records;

/// <summary>What is known of a row beside its values. On disk: never renumber.</summary>
[Flags]
public enum RowFlags : byte
{
    None = 0,

    /// <summary>The message had no time of its own; its event time is the time of receipt.</summary>
    ServerTime = 1,

    /// <summary>The gateway marked the message as a re-send (MQTT DUP).</summary>
    Resent = 2,

    /// <summary>A byte of <see cref="Rules.Model.Quality"/> per value follows the values; otherwise all are good.</summary>
    HasQualities = 4,

    /// <summary>The message gave its time in seconds; it was multiplied to milliseconds.</summary>
    SecondsCorrected = 8,

    /// <summary>Older than what the actor can compare with: the history decides whether it is a duplicate.</summary>
    Late = 16,
}
