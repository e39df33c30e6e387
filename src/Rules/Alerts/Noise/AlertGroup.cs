namespace Fengsui.Rules.Alerts.Noise;

/// <summary>The alerts of one zone and cause: the one that was told, and those behind it.</summary>
internal sealed class AlertGroup
{
    /// <summary>Null: nobody speaks for the group.</summary>
    public string? Leader { get; set; }

    public long LeaderMs { get; set; }

    /// <summary>Gravest first, then oldest.</summary>
    public SortedSet<(int Gravity, long Number, string Id)> Held { get; } = [];
}
