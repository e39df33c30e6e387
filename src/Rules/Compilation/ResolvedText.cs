using System.Globalization;
using System.Text;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Compilation;

/// <summary>A canonical text together with what its set-points and labels are for one device.</summary>
internal static class ResolvedText
{
    public static string Of(string canonical, IEnumerable<BoundNode> nodes, DeviceProfile profile)
    {
        var text = new StringBuilder(canonical);
        foreach (var node in nodes.SelectMany(node => node.All()))
        {
            if (node is ProfileNumberNode number)
            {
                text.Append(" = ").Append(number.Resolve(profile).ToString("R", CultureInfo.InvariantCulture));
            }
            else if (node is ProfileTruthNode truth)
            {
                text.Append(" = ").Append(truth.Resolve(profile).ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
