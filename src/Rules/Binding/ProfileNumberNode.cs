using Fengsui.Rules.Model;

namespace Fengsui.Rules.Binding;

/// <summary>A number that depends on the device alone: a label, a set-point. It becomes a constant when a program is compiled for the device's profile.</summary>
/// <param name="canonical">What its value depends on beside the profile.</param>
/// <param name="resolve">The value for a profile; NaN is unknown.</param>
internal sealed class ProfileNumberNode(string canonical, Func<DeviceProfile, double> resolve) : NumberNode
{
    public double Resolve(DeviceProfile profile) => resolve(profile);

    public override string ToString() => canonical;
}
