using System.CommandLine;
using System.CommandLine.Help;
using Fengsui.Api.Commands.Alerts;
using Fengsui.Api.Commands.Audit;
using Fengsui.Api.Commands.History;
using Fengsui.Api.Commands.Receivers;
using Fengsui.Api.Commands.Rules;
using Fengsui.Api.Commands.Sim;
using Fengsui.Api.Commands.Sim.Scenarios;
using Fengsui.Api.Commands.Tracing;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands;

/// <summary>The command line <c>fengsui</c>: its commands, and what every failure looks like.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line to its exit code. Whatever goes wrong is a line on <paramref name="error"/>, not an exception.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error)
    {
        var result = Build(new CommandTerminal(input, output, error)).Parse(args);
        if (result.Errors.Count > 0)
        {
            return ReportUsage(result, error);
        }

        try
        {
            // Signals are the commands' own affair: a server has to drain before it goes.
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperatorMistakeException e)
        {
            return Report(error, e.Message, ExitCodes.Usage);
        }
        catch (EnvironmentException e)
        {
            return Report(error, e.Message, ExitCodes.Environment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report(error, e.Message, ExitCodes.Environment);
        }
        catch (OperationCanceledException)
        {
            return Report(error, "stopped", ExitCodes.Failure);
        }
    }

    private static RootCommand Build(CommandTerminal terminal)
    {
        var serve = new ServeCommand(terminal);
        var root = new RootCommand("Fengsui takes telemetry from safety sensors and turns it into alerts that nobody can lose. Without a command it serves.");
        ExampledCommand[] commands =
        [
            serve.Create(),
            new DemoCommand(terminal).Create(),
            CheckCommand.Create(terminal),
            FleetSubcommand.Create(terminal),
            .. SimCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            StatusCommand.Create(terminal),
            .. JournalCommands.Create(terminal),
            .. HistoryCommands.Create(terminal),
            .. RulesCommand.Create(terminal),
            .. ReceiversCommand.Create(terminal),
            .. AlertsCommand.Create(terminal),
            TraceCommand.Create(terminal),
            .. AuditCommand.Create(terminal),
            HashPasswordCommand.Create(terminal),
            NewApiKeyCommand.Create(terminal),
            OpenApiCommand.Create(terminal),
        ];
        foreach (var command in commands.Where(command => !command.Parents.Any()))
        {
            root.Add(command);
        }

        serve.AddTo(root);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, commands);
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion();
        return root;
    }

    private static int ReportUsage(ParseResult result, TextWriter error)
    {
        foreach (var mistake in result.Errors.Select(mistake => mistake.Message).Distinct())
        {
            error.WriteLine($"fengsui: {mistake}");
        }

        error.WriteLine($"Try 'fengsui {PathOf(result.CommandResult.Command)}--help'.");
        return ExitCodes.Usage;
    }

    /// <summary>As it is typed after the program's name, with a space behind it: <c>rules explain </c>.</summary>
    private static string PathOf(Command command) =>
        command is RootCommand ? "" : PathOf(command.Parents.OfType<Command>().First()) + command.Name + " ";

    private static int Report(TextWriter error, string message, int code)
    {
        error.WriteLine($"fengsui: {message}");
        return code;
    }
}
