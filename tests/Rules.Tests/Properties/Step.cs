using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>A transition, comparable.</summary>
internal readonly record struct Step(int Row, TransitionKind Kind, Tier Tier, Tier Previous, long TimeMs, long StartMs, int Sequence);
