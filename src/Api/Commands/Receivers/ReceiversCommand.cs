namespace Fengsui.Api.Commands.Receivers;

/// <summary><c>fengsui receivers</c>: who is told of alerts, whether it arrives, and telling again.</summary>
internal static class ReceiversCommand
{
    /// <summary>The command and its sub-commands.</summary>
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        ExampledCommand[] commands =
        [
            ListReceiversCommand.Create(terminal),
            RouteCommand.Create(terminal),
            TestReceiverCommand.Create(terminal),
            FailedCommand.Create(terminal),
            RedeliverCommand.Create(terminal),
        ];
        var receivers = new ExampledCommand("receivers", "See who is told of alerts and how far behind they are; try them, and tell them again.", [.. commands.Select(command => command.Examples[0])]);
        Array.ForEach(commands, receivers.Add);
        return [receivers, .. commands];
    }
}
