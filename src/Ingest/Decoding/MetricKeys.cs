using System.Text;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Each metric's name as it stands in JSON, quotes included, by metric id: what the fast decoder compares with. Shared;
/// filled on first use.
/// </summary>
internal sealed class MetricKeys(MetricTable metrics)
{
    /// <summary>Stands in no JSON text: the key of a position, which the fast decoder leaves to the full one.</summary>
    private static readonly byte[] Unmatchable = [0];

    private readonly Lock _lock = new();
    private volatile byte[]?[] _quoted = new byte[]?[64];

    public byte[] Quoted(ushort metric)
    {
        var quoted = _quoted;
        return metric < quoted.Length && quoted[metric] is { } known ? known : Learn(metric);
    }

    private byte[] Learn(ushort metric)
    {
        lock (_lock)
        {
            if (metric >= _quoted.Length)
            {
                var larger = new byte[]?[Math.Max(metric + 1, _quoted.Length * 2)];
                _quoted.CopyTo(larger, 0);
                _quoted = larger;
            }

            var name = metrics.NameOf(metric);
            return _quoted[metric] ??= PositionNames.IsPosition(name) ? Unmatchable : Encoding.UTF8.GetBytes($"\"{name}\"");
        }
    }
}
