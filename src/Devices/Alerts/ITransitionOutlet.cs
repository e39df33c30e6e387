namespace Fengsui.Devices.Alerts;

/// <summary>Where shards leave their transitions: the alert log's sequencer, or a replay that only counts them.</summary>
internal interface ITransitionOutlet
{
    /// <summary>A shard has passed <paramref name="position"/>, with these transitions since the last time; the list is emptied.</summary>
    void Passed(int shard, long position, List<PendingTransition> transitions);
}
