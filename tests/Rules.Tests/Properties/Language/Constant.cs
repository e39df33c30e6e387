using System.Globalization;

namespace Fengsui.Rules.Tests.Properties.Language;

internal sealed class Constant(double value) : Node
{
    public override string Text => value.ToString(CultureInfo.InvariantCulture);

    public override double? Value(View view) => value;
}
