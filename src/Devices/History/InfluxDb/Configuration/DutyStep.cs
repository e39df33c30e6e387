namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>What happens to a duty, as it is written for dashboards.</summary>
public enum DutyStep
{
    /// <summary>Somebody has to see to it by a time: the alert fires, or its tier has changed.</summary>
    Due,
    Acknowledged,

    /// <summary>The disposal has begun.</summary>
    Begun,

    /// <summary>One of several confirmations that the disposal needs.</summary>
    Confirmed,
    Reminder,

    /// <summary>More people are told.</summary>
    Escalated,
    Overdue,

    /// <summary>Disposed of.</summary>
    Done,

    /// <summary>The enterprise may not go on with its bonded business.</summary>
    Restricted,
    RestrictionLifted,
}
