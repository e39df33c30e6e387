using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>A step of a rule in a test, expected or happened.</summary>
/// <param name="AtMs">Event time, ms after the test's start.</param>
/// <param name="Rule">Its id.</param>
/// <param name="Tier">The tier from then on, of a resolved alert the one that it had; <see cref="Model.Tier.None"/>: none, or any.</param>
public sealed record TestStep(long AtMs, string Rule, string Subject, TransitionKind Kind, Tier Tier)
{
    public override string ToString()
    {
        var state = ExpectationReader.States.First(state => state.Value == Kind).Key;
        var tier = Tier == Tier.None ? "" : " " + Tier.Name();
        var time = AtMs < 0 ? "-" + DurationText.Format(-AtMs) : DurationText.Format(AtMs);
        return $"{time,-8} {Rule}  {Subject}  {state}{tier}";
    }

    /// <summary>Whether what happened fits what is expected, which may leave the tier open.</summary>
    internal static bool Fits(TestStep one, TestStep other) =>
        one.AtMs == other.AtMs && one.Rule == other.Rule && one.Subject == other.Subject && one.Kind == other.Kind
        && (one.Tier == other.Tier || one.Tier == Tier.None || other.Tier == Tier.None);
}
