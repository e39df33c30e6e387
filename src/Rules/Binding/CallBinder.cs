using Fengsui.Rules.Functions;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Binding;

/// <summary>Finds the function of a call and lets it check its arguments.</summary>
internal sealed class CallBinder(ConditionBinder conditions)
{
    /// <summary>Whether the function, if there is one, gives a condition.</summary>
    public static bool IsCondition(CallSyntax call) => FunctionTable.Find(call.Function) is { IsCondition: true };

    /// <summary>Null, with a diagnostic, when there is no such function or the call is wrong.</summary>
    public BoundCall? Bind(CallSyntax call)
    {
        if (FunctionTable.Find(call.Function) is { } function)
        {
            return function.Bind(new FunctionCall(function, call, conditions));
        }

        conditions.Errors.Error(
            call.Start,
            DiagnosticCodes.UnknownFunction,
            $"unknown function '{call.Function}'{NearMiss.Hint(call.Function, FunctionTable.Names)}",
            "a function of docs/rule-language.md");
        return null;
    }
}
