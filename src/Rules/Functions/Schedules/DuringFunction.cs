using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Functions.Schedules;

/// <summary><c>during(night)</c>: the schedule of that name is on at the event time.</summary>
internal sealed class DuringFunction() : RuleFunction("during", "during(schedule)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 1) || call.Name(0) is not { } name)
        {
            return null;
        }

        var schedules = call.Context.Library.Schedules;
        return schedules.Find(name) is { } schedule
            ? call.TruthCell($"during {schedule.Canonical}", () => new DuringCell(schedule))
            : call.Fail(DiagnosticCodes.UnknownName, $"there is no schedule '{name}'{NearMiss.Hint(name, schedules.Names)}", "a name of the section 'schedules'");
    }
}
