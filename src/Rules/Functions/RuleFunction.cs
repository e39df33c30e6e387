namespace Fengsui.Rules.Functions;

/// <summary>A function of the rule language.</summary>
/// <param name="name">As rules write it.</param>
/// <param name="signature">With its arguments, for messages: <c>avg(x, window)</c>.</param>
internal abstract class RuleFunction(string name, string signature)
{
    public string Name { get; } = name;

    public string Signature { get; } = signature;

    /// <summary>Whether it gives a condition rather than a number.</summary>
    public virtual bool IsCondition => false;

    /// <summary>Checks a call. Null, with a diagnostic, when it is wrong.</summary>
    public abstract BoundCall? Bind(FunctionCall call);
}
