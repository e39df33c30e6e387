namespace Fengsui.Rules.Binding;

internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}
