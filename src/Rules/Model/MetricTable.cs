using System.Collections.Concurrent;

namespace Fengsui.Rules.Model;

/// <summary>
/// Interns metric names as small integers, in the order in which they were first declared. Ids never change and are
/// never reused; the journal records each declaration, so a replay gives the same ids. Safe for concurrent use.
/// </summary>
public sealed class MetricTable
{
    /// <summary>Bound on distinct metric names in one installation; further names are refused by the caller.</summary>
    public const int MaxMetrics = ushort.MaxValue;

    private readonly ConcurrentDictionary<string, ushort> _ids = new(StringComparer.Ordinal);
    private readonly Lock _declaring = new();
    private volatile string[] _names = new string[64];
    private volatile int _count;

    public int Count => _count;

    public bool TryGet(string name, out ushort id) => _ids.TryGetValue(name, out id);

    public string NameOf(ushort id) => _names[id];

    /// <summary>The id of <paramref name="name"/>, declared now when it is new.</summary>
    /// <exception cref="InvalidOperationException">The table is full (<see cref="MaxMetrics"/>).</exception>
    public ushort Declare(string name)
    {
        if (_ids.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_declaring)
        {
            if (_ids.TryGetValue(name, out known))
            {
                return known;
            }

            return Append(name);
        }
    }

    private ushort Append(string name)
    {
        var id = _count;
        if (id >= MaxMetrics)
        {
            throw new InvalidOperationException($"more than {MaxMetrics} metric names");
        }

        if (id == _names.Length)
        {
            var larger = new string[id * 2];
            _names.CopyTo(larger, 0);
            _names = larger;
        }

        _names[id] = name;
        _count = id + 1;
        _ids[name] = (ushort)id;
        return (ushort)id;
    }
}
