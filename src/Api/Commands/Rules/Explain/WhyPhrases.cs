using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>The sentences of <see cref="WhySentences"/> in one language. Times, expressions and durations come as text.</summary>
internal abstract class WhyPhrases
{
    public static WhyPhrases English { get; } = new EnglishWhyPhrases();

    public static WhyPhrases Chinese { get; } = new ChineseWhyPhrases();

    /// <summary>What a rule reads when it knows no value.</summary>
    public abstract string Unknown { get; }

    public abstract string Fired { get; }

    public abstract string Ended { get; }

    public abstract string Rose(Tier from, Tier to);

    public abstract string Fell(Tier from, Tier to);

    /// <param name="read">What the rule read, in brackets; empty when that is not known. So everywhere.</param>
    /// <param name="wanted">How long it has to hold; empty when it need not.</param>
    public abstract string Began(string expression, string time, string read, string wanted);

    /// <param name="so">What followed.</param>
    public abstract string WasTrue(string expression, string time, string read, string so);

    /// <param name="gap">The longest break that counts; empty when any does.</param>
    public abstract string HeldFor(string expression, string since, string time, string gap, string wanted, string read, string so);

    /// <param name="isClear">Whether the expression is what clears the alert; otherwise its condition, which ended.</param>
    /// <param name="hold">For how long nothing had to speak against it; empty when it had not.</param>
    public abstract string Cleared(string expression, bool isClear, string hold, string time, string read, string so);

    public abstract string Cancelled(string time);

    public abstract string RulesChanged(string time);

    /// <param name="reason">As it stands in the alert log.</param>
    public abstract string EndedFor(string time, string reason);

    public abstract string Brackets(string values);
}
