namespace Fengsui.Api.Commands.Rules.Versions;

/// <summary>The commands about versions of the rules of a running server.</summary>
internal static class VersionCommands
{
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal) =>
    [
        VersionsCommand.Create(terminal),
        DiffCommand.Create(terminal),
        ApplyCommand.Create(terminal),
        ShadowCommand.Create(terminal),
        PromoteCommand.Create(terminal),
        RollbackCommand.Create(terminal),
    ];
}
