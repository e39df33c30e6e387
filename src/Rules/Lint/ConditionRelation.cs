namespace Fengsui.Rules.Lint;

/// <summary>How two conditions lie to each other over all values that are known.</summary>
/// <param name="FirstOnly">The first can be true while the second is false.</param>
/// <param name="SecondOnly">The second can be true while the first is false.</param>
/// <param name="Both">Both can be true at once.</param>
/// <param name="Neither">Both can be false at once.</param>
/// <param name="IsExact">What can be true can truly happen: the conditions depend on nothing but plain metrics, or on one number alone.</param>
/// <param name="BothAt">Values at which both are true, for people: "temperature 30.5"; empty when there are none.</param>
internal sealed record ConditionRelation(bool FirstOnly, bool SecondOnly, bool Both, bool Neither, bool IsExact, string BothAt);
