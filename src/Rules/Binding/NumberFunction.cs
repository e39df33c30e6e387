namespace Fengsui.Rules.Binding;

internal enum NumberFunction
{
    Negate,
    Absolute,
}
