using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

internal sealed record RandomLevel(Tier Tier, Expr Condition, Expr? Clear, long ForMs, long? MaxGapMs, long HoldMs);
