namespace Fengsui.Fleet.Faults;

/// <summary>Which devices suffer, how often and how long. The seed of the fleet decides the rest.</summary>
public sealed class FaultOptions
{
    /// <summary>Kinds dealt to faulty devices, one each. Empty means no drawn faults.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; init; } = [];

    /// <summary>Share of the devices that are faulty, 0 to 1.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>A faulty device has one fault in each cycle, at a drawn moment.</summary>
    public TimeSpan Cycle { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MinLength { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan MaxLength { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Faults at chosen times; a device named here has no drawn ones.</summary>
    public IReadOnlyList<ScriptedFault> Script { get; init; } = [];

    internal IEnumerable<FaultKind> AllKinds => Kinds.Concat(Script.Select(fault => fault.Kind));
}
