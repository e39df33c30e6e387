using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Library.Overrides;

/// <summary>
/// Finds the overrides of a device. Most name devices one by one, and are found by that name, so that thousands of them over a
/// hundred thousand devices are no work.
/// </summary>
internal sealed class OverrideIndex
{
    private readonly IReadOnlyList<DeviceOverride> _overrides;
    private readonly Dictionary<string, List<int>> _byDevice = new(StringComparer.Ordinal);
    private readonly List<int> _others = [];

    public OverrideIndex(IReadOnlyList<DeviceOverride> overrides)
    {
        _overrides = overrides;
        foreach (var (place, item) in overrides.Index())
        {
            Add(place, item.Selector.Devices);
        }
    }

    /// <summary>Places of the overrides that are for a device, ascending.</summary>
    /// <param name="device">Null for the zone itself.</param>
    public int[] Find(string? device, string zone, DeviceProfile profile)
    {
        IEnumerable<int> candidates = device is not null && _byDevice.TryGetValue(device, out var named) ? _others.Concat(named).Order() : _others;
        return [.. candidates.Where(place => _overrides[place].Selector.Matches(device, zone, profile))];
    }

    private void Add(int place, IReadOnlyList<NamePattern> devices)
    {
        if (devices.Count == 0 || devices.Any(pattern => !pattern.IsName))
        {
            _others.Add(place);
            return;
        }

        foreach (var name in devices.Select(pattern => pattern.Text).Distinct(StringComparer.Ordinal))
        {
            if (!_byDevice.TryGetValue(name, out var places))
            {
                _byDevice.Add(name, places = []);
            }

            places.Add(place);
        }
    }
}
