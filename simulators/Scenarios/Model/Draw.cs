namespace Fengsui.Scenarios.Model;

/// <summary>Something that chance decides. What one draw gives does not depend on which others there are, except those named in <see cref="Not"/>.</summary>
public sealed record Draw(string Name)
{
    /// <summary>Lowest and highest value; null when it is a choice.</summary>
    public (Amount From, Amount To)? Range { get; init; }

    /// <summary>Numbers of which one is chosen.</summary>
    public IReadOnlyList<Amount> Numbers { get; init; } = [];

    /// <summary>Words of which one is chosen: devices, gateways.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Draws, of words, that this one must differ from.</summary>
    public IReadOnlyList<string> Not { get; init; } = [];
}
