using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Replay;

/// <summary>Puts alerts together from transitions that come in the order of the alert log.</summary>
internal sealed class EpisodeBuilder
{
    private readonly Dictionary<string, AlertEpisode> _open = new(StringComparer.Ordinal);
    private readonly List<AlertEpisode> _all = [];

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<AlertEpisode> Episodes => _all;

    public void Add(AlertTransition transition)
    {
        if (_open.TryGetValue(transition.AlertId, out var episode))
        {
            episode.Add(transition);
        }
        else
        {
            episode = new AlertEpisode(transition);
            _open.Add(transition.AlertId, episode);
            _all.Add(episode);
        }

        if (!transition.IsActive)
        {
            _open.Remove(transition.AlertId);
        }
    }
}
