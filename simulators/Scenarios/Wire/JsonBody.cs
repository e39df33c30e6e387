using System.Globalization;
using System.Text;

namespace Fengsui.Scenarios.Wire;

/// <summary>Writes a sample as our own JSON: <c>{"ts":…,"values":{…}}</c>.</summary>
internal static class JsonBody
{
    public static byte[] Of(Sample sample)
    {
        var text = new StringBuilder("{\"ts\":").Append(sample.StatedMs.ToString(CultureInfo.InvariantCulture)).Append(",\"values\":{");
        var comma = "";
        foreach (var (metric, value) in sample.Values)
        {
            text.Append(comma).Append('"').Append(metric).Append("\":").Append(value.ToString("0.######", CultureInfo.InvariantCulture));
            comma = ",";
        }

        return Encoding.UTF8.GetBytes(text.Append("}}").ToString());
    }
}
