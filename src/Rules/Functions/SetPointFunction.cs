using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Functions;

/// <summary><c>setpoint(gas-l1)</c>: what a table of set-points says for the device, in the table's unit.</summary>
internal sealed class SetPointFunction() : RuleFunction("setpoint", "setpoint(name)")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 1))
        {
            return null;
        }

        var tables = call.Context.Library.SetPoints;
        var name = NameOf(call);
        return tables.Find(name) is { } table
            ? new BoundCall(new ProfileNumberNode($"setpoint `{table.Name}`", table.ValueFor), table.Unit)
            : call.Fail(DiagnosticCodes.UnknownName, $"there is no table of set-points '{name}'{NearMiss.Hint(name, tables.Names)}", tables.Expected);
    }

    /// <summary>Names of tables have dashes, and a bare one was read as a subtraction: so the text itself counts.</summary>
    private static string NameOf(FunctionCall call) => call.Argument(0) switch
    {
        NameSyntax name => name.Name,
        TextSyntax text => text.Text,
        _ => call.Written[(call.Written.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Trim(),
    };
}
