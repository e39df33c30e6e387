using System.Globalization;

namespace Fengsui.Rules.Binding;

internal sealed class ConstantNode(double value) : NumberNode
{
    public double Value { get; } = value;

    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
