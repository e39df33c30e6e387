using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>The rules and their versions.</summary>
internal static class RuleOperations
{
    /// <summary>What can become of a change. First among the fields: those below are made of it.</summary>
    public static readonly IReadOnlyList<Answer> Outcomes =
    [
        Answer.Ok("RuleOutcome", "The new version and what became of each rule."),
        new(409, "It is not based on the version in force, or would end live rules; or the key came with another request before.", "RuleConflict", "application/problem+json"),
        new(422, "The rules have mistakes.", "RuleOutcome", "application/problem+json"),
    ];

    public static readonly Operation Show = new("getRules", Tags.Rules, "Show the rules in force", Permission.ReadRules)
    {
        Description = "As they were read and as they were written. The `ETag` is the version, for `If-Match` of a change.",
        Answers = [Answer.Ok("RuleSet", "The rule set.")],
        Problems = [404],
    };

    public static readonly Operation List = new("listRuleVersions", Tags.Rules, "List versions of the rules", Permission.ReadRules)
    {
        Description = "Newest first, without their files; each with what changed against the one before it.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("RuleVersion")],
        Problems = [400],
    };

    public static readonly Operation ShowVersion = new("getRuleVersion", Tags.Rules, "Show one version of the rules", Permission.ReadRules)
    {
        Answers = [Answer.Ok("RuleVersionDetail", "The version with its files.")],
        Problems = [404],
    };

    public static readonly Operation Diff = new("diffRuleVersions", Tags.Rules, "Compare two versions of the rules", Permission.ReadRules)
    {
        Description = "Rule by rule, and as a unified diff of each file.",
        Answers = [Answer.Ok("RuleDiff", "What differs.")],
        Problems = [404],
    };

    public static readonly Operation Apply = Change("applyRules", "Put files in force as the next version", "Refused with 409 when a live rule is not among them, unless `remove` is true.", "RuleApply");

    public static readonly Operation Rollback = Change("rollBackRules", "Put an earlier version in force again", "As a version of its own.", "RuleRollback");

    public static readonly Operation Shadow = Change("shadowRules", "Put rules on trial", "They go on, and tell nobody.", "RuleSelection");

    public static readonly Operation Promote = Change("promoteRules", "Put rules on trial live", "Those named, or all.", "RuleSelection");

    private static Operation Change(string id, string summary, string description, string body) => new(id, Tags.Rules, summary, Permission.ChangeRules)
    {
        Description = description,
        Body = new Body(body),
        Answers = Outcomes,
        Problems = [400],
        TakesIdempotencyKey = true,
    };
}
