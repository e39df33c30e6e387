namespace Fengsui.Rules.Zones.Site;

/// <summary>Dangerous goods were brought in, taken out, or counted.</summary>
/// <param name="UnNumber">Four digits: <c>1203</c>.</param>
/// <param name="Class">Class or division: <c>3</c>, <c>5.1</c>; empty leaves it as it is.</param>
/// <param name="QuantityKg">How much, kg.</param>
/// <param name="LimitKg">The most that may be stored; null leaves it as it is.</param>
public sealed record GoodsChanged(string Id, GoodsOperation Operation, string UnNumber, string Class, double QuantityKg, double? LimitKg) : SiteFact(Id);
