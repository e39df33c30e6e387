using Fengsui.Rules.Library;

namespace Fengsui.Rules.Model;

/// <summary>
/// What rules select a device by. Devices with an equal profile share one compiled program; the device's own id is not
/// part of it. Labels are sorted by name (ordinal) and hold the zone's labels beneath the device's own.
/// </summary>
public sealed class DeviceProfile : IEquatable<DeviceProfile>
{
    private readonly string _key;

    private DeviceProfile(DeviceProfile profile, ProfileVariant variant)
    {
        Type = profile.Type;
        Labels = profile.Labels;
        Variant = variant;
        _key = profile._key + "\n\n" + variant.Key;
    }

    public DeviceProfile(string type, IEnumerable<KeyValuePair<string, string>> labels)
    {
        Type = type;
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            sorted[name] = value;
        }

        Labels = sorted;
        _key = type + "\n" + string.Join('\n', sorted.Select(label => label.Key + "=" + label.Value));
    }

    public string Type { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>What a rule set does otherwise for the device. A profile that has one must not outlive that rule set.</summary>
    internal ProfileVariant Variant { get; } = ProfileVariant.None;

    internal DeviceProfile With(ProfileVariant variant) => new(this, variant);

    public bool Equals(DeviceProfile? other) => other is not null && _key == other._key;

    public override bool Equals(object? obj) => Equals(obj as DeviceProfile);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);
}
