namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>unlock_persons(30 s)</c>: how many different persons unlocked within the last 30 seconds: two for a two-person rule.</summary>
internal sealed class UnlockPersonsFunction() : RuleFunction("unlock_persons", "unlock_persons(window)")
{
    /// <summary>Unlocks further back than this have no say in any lock.</summary>
    private const long MaxWindowMs = 3_600_000;

    public override BoundCall? Bind(FunctionCall call) => call.Takes(1, 1) && call.Duration(0, maxMs: MaxWindowMs) is { } window
        ? SiteCall.Number(call, $"{Name} {window}", (zone, now) => zone.Site.UnlockPersons(now, window))
        : null;
}
