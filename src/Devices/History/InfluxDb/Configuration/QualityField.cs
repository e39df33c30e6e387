namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>What becomes of readings that are not good.</summary>
public enum QualityField
{
    /// <summary>Uncertain readings are written like good ones; bad ones are left out and counted.</summary>
    Omit,

    /// <summary>
    /// All are written, and those that are not good have a text field beside them: <c>temperature_quality="bad"</c>. A bad
    /// reading without a number has the text only.
    /// </summary>
    Write,
}
