using Fengsui.Rules.Model;

namespace Fengsui.Devices.Registry;

/// <summary>What is known of a device beside its name. Immutable; equal facts are not declared again.</summary>
public sealed class DeviceFacts : IEquatable<DeviceFacts>
{
    public const string DefaultType = "default";
    public const string DefaultZone = "default";

    public DeviceFacts(string type, string zone, IEnumerable<KeyValuePair<string, string>> labels)
    {
        Zone = zone;
        Profile = new DeviceProfile(type, labels);
    }

    public static DeviceFacts Default { get; } = new(DefaultType, DefaultZone, []);

    public string Type => Profile.Type;

    /// <summary>The warehouse, confined space or vehicle that the device belongs to.</summary>
    public string Zone { get; }

    public IReadOnlyDictionary<string, string> Labels => Profile.Labels;

    /// <summary>What rules select the device by.</summary>
    public DeviceProfile Profile { get; }

    public bool Equals(DeviceFacts? other) => other is not null && Zone == other.Zone && Profile.Equals(other.Profile);

    public override bool Equals(object? obj) => Equals(obj as DeviceFacts);

    public override int GetHashCode() => HashCode.Combine(Zone, Profile);
}
