namespace Fengsui.Devices.RuleTests;

/// <summary>What happens in a test; of things at one time the lower comes first.</summary>
internal enum OccurrenceKind : byte
{
    /// <summary>An event of the site.</summary>
    Event,

    /// <summary>A row of one device.</summary>
    Row,
    Tick,

    /// <summary>An expectation is looked at.</summary>
    Look,
}
