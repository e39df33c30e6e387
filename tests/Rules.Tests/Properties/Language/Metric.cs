namespace Fengsui.Rules.Tests.Properties.Language;

internal sealed class Metric(string name) : Node
{
    /// <summary>Sampled, and last the ones that hold until they change.</summary>
    public static readonly string[] Names = ["a", "b", "c", "door", "x.lock"];

    public override string Text => name;

    public bool IsState => IsStateMetric(name);

    public static bool IsStateMetric(string name) => name is "door" or "x.lock";

    public override double? Value(View view) => view.Metric(name);
}
