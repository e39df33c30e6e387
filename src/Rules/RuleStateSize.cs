namespace Fengsui.Rules;

/// <summary>What one rule takes in the memory of each device, or zone, that it applies to.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Bytes">All that it needs: values of metrics, tiers, functions. Rules of one device that read the same metrics or call the same functions share those.</param>
/// <param name="FunctionBytes">Of these, what functions with memory take.</param>
public readonly record struct RuleStateSize(string Rule, int Bytes, int FunctionBytes);
