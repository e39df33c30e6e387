using System.Text.Json;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>What one receiver has got: steps of alerts without repeats, and how many came after a later one of their alert. Any thread.</summary>
internal sealed class StormReceipts
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _newest = new(StringComparer.Ordinal);
    private int _steps;
    private int _disordered;

    /// <summary>Transitions; what time and people did to alerts is not counted.</summary>
    public int Steps => Volatile.Read(ref _steps);

    public int OutOfOrder => Volatile.Read(ref _disordered);

    /// <summary>Takes an entry in the form that all receivers get.</summary>
    /// <returns>Whether it is a step that was not known.</returns>
    public bool Take(JsonElement entry)
    {
        var alert = entry.GetProperty("alert").GetString()!;
        var version = entry.GetProperty("version").GetInt32();
        lock (_known)
        {
            if (!_known.Add(entry.GetProperty("id").GetString()!))
            {
                return false;
            }

            _disordered += _newest.GetValueOrDefault(alert) > version ? 1 : 0;
            _newest[alert] = Math.Max(_newest.GetValueOrDefault(alert), version);
            var isStep = entry.TryGetProperty("state", out _);
            _steps += isStep ? 1 : 0;
            return isStep;
        }
    }
}
