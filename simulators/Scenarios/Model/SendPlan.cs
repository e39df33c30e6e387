namespace Fengsui.Scenarios.Model;

/// <summary>How the messages of a device travel.</summary>
public sealed record SendPlan
{
    public required WireForm By { get; init; }

    /// <summary>Whose connection they come over; several gateways hear a Bluetooth device.</summary>
    public required IReadOnlyList<string> Gateways { get; init; }

    /// <summary>Between two messages, s.</summary>
    public required Amount Every { get; init; }

    /// <summary>A message is made up to so much later than it is due, s.</summary>
    public Amount Jitter { get; init; } = Amount.Zero;

    /// <summary>A message is on its way up to so long, s.</summary>
    public Amount Delay { get; init; } = Amount.Zero;

    /// <summary>Share of the messages that come twice, 0 to 1.</summary>
    public double Duplicates { get; init; }

    /// <summary>Share of the messages that come later than those after them, 0 to 1.</summary>
    public double Late { get; init; }

    /// <summary>By how much those are late, s.</summary>
    public Amount LateBy { get; init; } = Amount.Zero;

    /// <summary>Phone number of a vehicle's terminal; address of a Bluetooth device.</summary>
    public string Address { get; init; } = "";
}
