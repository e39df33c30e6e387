using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Functions.Geo;

/// <summary>The position that a function reads.</summary>
internal static class PositionArgument
{
    private const string DefaultMetric = "position";

    /// <summary>Null, with a diagnostic, when the argument is no metric.</summary>
    public static MetricNode? Read(FunctionCall call, int index)
    {
        if (call.Argument(index) is not Parsing.Expressions.NameSyntax)
        {
            call.Fail(index, "this is not a position", "the name of a metric that holds positions, such as position");
            return null;
        }

        return call.Number(index)?.Node as MetricNode;
    }

    /// <summary>The metric <c>position</c>, for a call that names none.</summary>
    public static MetricNode? Default(FunctionCall call) => call.Metric(DefaultMetric)?.Node as MetricNode;
}
