using Fengsui.Rules.Binding;
using Fengsui.Rules.Library.Gases;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Library.Metrics;

/// <summary>What a rule file says of a metric; null is left to what is known anyway.</summary>
/// <param name="Unit">In which devices report it.</param>
/// <param name="IsState">Whether it holds until it changes.</param>
/// <param name="Gas">What it is a concentration of.</param>
internal sealed record MetricDeclaration(string Name, Unit? Unit, bool? IsState, Gas? Gas, SourceSpot Spot)
{
    public bool SaysTheSameAs(MetricDeclaration other) => Unit == other.Unit && IsState == other.IsState && Gas == other.Gas;
}
