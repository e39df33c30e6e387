namespace Fengsui.Ingest.Admission;

/// <summary>What the intake did with a message, and with it when the message may be acknowledged.</summary>
public enum IntakeVerdict : byte
{
    /// <summary>A plain brokered message; acknowledge at once.</summary>
    NotTelemetry = 0,

    /// <summary>In the staged batch; acknowledge after its commit.</summary>
    Staged = 1,

    /// <summary>Kept as a dead letter in the staged batch; acknowledge after its commit.</summary>
    DeadLettered = 2,

    /// <summary>Not stored. <see cref="IConnectionIntake.RefusedReason"/> is the MQTT 5.0 reason.</summary>
    Refused = 3,
}
