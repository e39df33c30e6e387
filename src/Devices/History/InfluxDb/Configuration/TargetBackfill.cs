namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>What a target does about readings that the journal does not hold any more.</summary>
public enum TargetBackfill
{
    /// <summary>They are not written: a new target begins with what the journal holds, one that fell too far behind goes on after the hole.</summary>
    Journal,

    /// <summary>They are written from the embedded history, as far as it still holds readings, before the journal is followed.</summary>
    History,
}
