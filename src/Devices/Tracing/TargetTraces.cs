using System.Globalization;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;

namespace Fengsui.Devices.Tracing;

/// <summary>The InfluxDB targets of a data directory as their files tell of them.</summary>
internal sealed class TargetTraces
{
    private readonly List<(string Name, TargetPlace Place, Dictionary<string, List<RejectedLine>> Rejected)> _targets = [];

    /// <param name="directory">The folder <c>influxdb</c> of a data directory; without it there are no targets.</param>
    /// <param name="positions">Rejected lines of other records are passed over.</param>
    public TargetTraces(string directory, IReadOnlySet<long> positions)
    {
        string[] targets = Directory.Exists(directory) ? Directory.GetDirectories(directory) : [];
        foreach (var target in targets.Order(StringComparer.Ordinal))
        {
            if (TargetPlace.Read(target) is { } place)
                _targets.Add((Path.GetFileName(target), place, ReadRejected(target, positions)));
        }
    }

    /// <param name="index">Of the row in its record; null when that is not known any more.</param>
    /// <param name="isUnusable">Whether all that is asked about is bad, or no number.</param>
    public IReadOnlyList<TracedTarget> Of(long position, int? index, long receiveMs, bool isUnusable) =>
        [.. _targets.Select(target => Of(target.Name, target.Place, index is { } known ? target.Rejected.GetValueOrDefault(Key(position, known)) : null, position, receiveMs, isUnusable))];

    private static TracedTarget Of(string name, TargetPlace place, List<RejectedLine>? rejected, long position, long receiveMs, bool isUnusable)
    {
        var state =
            rejected is not null ? TargetState.Rejected
            : position <= place.Began || receiveMs < place.FromMs ? TargetState.NotWanted
            : position > place.Position || place.Backfill?.Covers(position) == true ? TargetState.Waiting
            : isUnusable ? TargetState.LeftOut
            : TargetState.Written;
        return new TracedTarget(name, state, place.Position, rejected ?? []);
    }

    private static string Key(long position, int index) => string.Create(CultureInfo.InvariantCulture, $"{position}/{index}");

    private static Dictionary<string, List<RejectedLine>> ReadRejected(string directory, IReadOnlySet<long> positions)
    {
        var found = new Dictionary<string, List<RejectedLine>>(StringComparer.Ordinal);
        foreach (var name in (string[])[RejectedLines.OlderFileName, RejectedLines.FileName])
        {
            foreach (var (place, line) in RejectedLines.Read(Path.Combine(directory, name)))
            {
                if (positions.Contains(place.Position))
                {
                    var key = Key(place.Position, place.Index);
                    (found.TryGetValue(key, out var lines) ? lines : found[key] = []).Add(line);
                }
            }
        }

        return found;
    }
}
