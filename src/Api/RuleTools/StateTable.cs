using System.Globalization;
using System.Text.Json.Nodes;
using Fengsui.Api.Commands.Rules;

namespace Fengsui.Api.RuleTools;

/// <summary>What rules take in memory, for people and for programs.</summary>
internal static class StateTable
{
    public static void Write(RuleCheckResult result, TextWriter output)
    {
        var rules = new TextTable("rule", "bytes", "of functions");
        foreach (var size in result.State)
        {
            rules.Add(size.Rule, Number(size.Bytes), Number(size.FunctionBytes));
        }

        rules.Write(output);
        if (result.StateOfDevices.Count > 0)
        {
            output.WriteLine();
            var devices = new TextTable("a device of", "bytes");
            foreach (var (name, bytes) in result.StateOfDevices)
            {
                devices.Add(name, Number(bytes));
            }

            devices.Write(output);
        }

        output.WriteLine();
    }

    public static JsonObject ToJson(RuleCheckResult result) => new()
    {
        ["rules"] = new JsonArray([.. result.State.Select(size => new JsonObject { ["rule"] = size.Rule, ["bytes"] = size.Bytes, ["function_bytes"] = size.FunctionBytes })]),
        ["devices"] = new JsonArray([.. result.StateOfDevices.Select(one => new JsonObject { ["devices"] = one.Devices, ["bytes"] = one.Bytes })]),
    };

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
