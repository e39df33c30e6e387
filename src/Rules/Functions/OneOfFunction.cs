using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Functions;

/// <summary><c>one_of(labels.hazard, "oxidiser", "flammable")</c>: whether a label is one of some texts.</summary>
internal sealed class OneOfFunction() : RuleFunction("one_of", "one_of(labels.NAME, \"text\", \"text\", …)")
{
    /// <summary>Bound on the texts of one call.</summary>
    private const int MaxTexts = 64;

    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, MaxTexts + 1))
        {
            return null;
        }

        var texts = Enumerable.Range(1, call.Count - 1).Select(call.Name).ToList();
        return texts.Contains(null) ? null
            : call.Context.IsZoneScope ? call.Fail(0, AttributeBinder.NoneOfZone, AttributeBinder.OfMembers)
            : AttributeBinder.IsOneOf(call.Argument(0), [.. texts.OfType<string>()]) is { } truth ? new BoundCall(truth)
            : call.Fail(0, "this has no text to look at", AttributeBinder.Examples);
    }
}
