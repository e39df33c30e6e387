using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <inheritdoc/>
internal sealed class EnglishWhyPhrases : WhyPhrases
{
    public override string Unknown => "unknown";

    public override string Fired => "so the alert fired";

    public override string Ended => "so the alert resolved";

    public override string Rose(Tier from, Tier to) => $"so the tier rose from {from.Name()} to {to.Name()}";

    public override string Fell(Tier from, Tier to) => $"so the tier fell from {from.Name()} to {to.Name()}";

    public override string Began(string expression, string time, string read, string wanted) =>
        $"`{expression}` became true at {time}{read}{(wanted.Length > 0 ? $"; it has to hold for {wanted}" : "")}.";

    public override string WasTrue(string expression, string time, string read, string so) => $"`{expression}` was true at {time}{read}, {so}.";

    public override string HeldFor(string expression, string since, string time, string gap, string wanted, string read, string so) =>
        $"`{expression}` was true from {since} to {time}{(gap.Length > 0 ? $" without a break of more than {gap}" : "")}, for the {wanted} that the rule asks for{read}, {so}.";

    public override string Cleared(string expression, bool isClear, string hold, string time, string read, string so) =>
        $"`{expression}` {(isClear ? "was true" : "was no longer true")}{(hold.Length > 0 ? $" and nothing spoke against it for {hold}" : "")} at {time}{read}, {so}.";

    public override string Cancelled(string time) => $"At {time} the condition no longer held, before its time was over.";

    public override string RulesChanged(string time) => $"At {time} the rules changed: the alert of the rule as it was ended.";

    public override string EndedFor(string time, string reason) => $"At {time} the alert ended: {reason}.";

    public override string Brackets(string values) => $" ({values})";
}
