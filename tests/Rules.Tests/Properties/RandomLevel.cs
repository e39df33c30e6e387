using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Properties.Language;

namespace Fengsui.Rules.Tests.Properties;

internal sealed record RandomLevel(Tier Tier, Node Condition, Node? Clear, long ForMs, long? MaxGapMs, long HoldMs)
{
    public IEnumerable<Node> Nodes => Clear is null ? Condition.All() : Condition.All().Concat(Clear.All());
}
