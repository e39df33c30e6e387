namespace Fengsui.Rules.Alerts.Noise;

/// <summary>How many alerts of one enterprise and zone began lately.</summary>
internal sealed class Flood
{
    private readonly Queue<long> _begins = new();

    public bool IsOn { get; set; }

    /// <summary>The alert with which it was seen.</summary>
    public string SeenWith { get; set; } = "";

    public string FirstOut { get; set; } = "";

    /// <summary>Oldest first.</summary>
    public SortedSet<(long Number, string Id)> Held { get; } = [];

    public long NewestMs { get; private set; } = long.MinValue;

    public static Flood Of(FloodImage image)
    {
        var flood = new Flood { IsOn = image.IsOn, SeenWith = image.SeenWith, FirstOut = image.FirstOut };
        foreach (var begin in image.Begins)
        {
            flood.Begin(begin);
        }

        flood.NewestMs = image.NewestMs;
        return flood;
    }

    public FloodImage Image((string Enterprise, string Zone) key) => new(key.Enterprise, key.Zone, IsOn, SeenWith, FirstOut, NewestMs, [.. _begins]);

    public void Begin(long atMs)
    {
        _begins.Enqueue(atMs);
        NewestMs = Math.Max(NewestMs, atMs);
        if (_begins.Count > NoiseSection.MaxFloodAlerts + 1)
        {
            _begins.Dequeue();
        }
    }

    public int CountSince(long ms) => _begins.Count(begin => begin > ms);
}
