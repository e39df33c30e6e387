namespace Fengsui.Devices.History.InfluxDb;

/// <summary>How a target fares.</summary>
public enum InfluxTargetState
{
    /// <summary>Looking for its place in the journal.</summary>
    Starting,

    /// <summary>Writing what is older than a few seconds.</summary>
    CatchingUp,

    /// <summary>Writing what has just come.</summary>
    Live,

    /// <summary>The server does not take anything for the moment; tried again by itself.</summary>
    BackingOff,

    /// <summary>A person must put something right: credentials, database, address. Tried again slowly.</summary>
    Stopped,

    /// <summary>The journal, or the target's own folder, cannot be used. Tried again slowly.</summary>
    Faulted,

    Ended,
}
