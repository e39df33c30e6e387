using Fengsui.Rules.Model;

namespace Fengsui.Rules.Binding;

/// <summary>A truth that depends on the device alone: a label, a set-point. It becomes a constant when a program is compiled for the device's profile.</summary>
/// <param name="canonical">What its value depends on beside the profile.</param>
/// <param name="resolve">The value for a profile; NaN is unknown, otherwise 0 or 1.</param>
internal sealed class ProfileTruthNode(string canonical, Func<DeviceProfile, double> resolve) : TruthNode
{
    public double Resolve(DeviceProfile profile) => resolve(profile);

    public override string ToString() => canonical;
}
