namespace Fengsui.Scenarios.Live;

/// <summary>The server that a live run speaks to, by its wires alone.</summary>
public sealed record LiveOptions
{
    public required Uri Http { get; init; }

    public required string MqttHost { get; init; }

    public int MqttPort { get; init; } = 1883;

    /// <summary>Where its jt808 source listens.</summary>
    public int VehiclePort { get; init; } = 8808;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? ApiKey { get; init; }

    /// <summary>How many times faster than it happens; 1 unless the scenario may hurry.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How long after the end alerts are still waited for.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);
}
