namespace Fengsui.Devices.RuleSets;

/// <summary>The request behind a change of the rules, so that it is done once however often it comes, also after a restart.</summary>
/// <param name="Id">A function of who asks and of the key they gave; empty when they gave none.</param>
/// <param name="Digest">Of what was asked: another request under the same id is a mistake.</param>
public sealed record RuleSetCommand(string Id, string Digest)
{
    public static RuleSetCommand None { get; } = new("", "");
}
