using System.CommandLine;
using System.Globalization;
using System.Text;
using Fengsui.Api.Hosting;
using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Api.Commands;

/// <summary>
/// <c>fengsui hash-password</c>: makes the <c>password_hash</c> of a user. The password is typed or piped in, never an
/// argument, since arguments are seen by every user of the machine and kept by shells.
/// </summary>
internal static class HashPasswordCommand
{
    /// <summary>Fewer would make a stolen file worth guessing at.</summary>
    private const int MinIterations = 10_000;

    /// <summary>What the server accepts; more would let one connection attempt occupy a core for seconds.</summary>
    private const int MaxIterations = 10_000_000;

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var iterations = new Option<int>("--iterations")
        {
            Description = $"Rounds of PBKDF2, from {MinIterations} to {MaxIterations}",
            HelpName = "N",
            DefaultValueFactory = _ => PasswordHash.DefaultIterations,
        };
        var command = new ExampledCommand(
            "hash-password",
            "Make the password_hash of an MQTT user from a password that is typed or piped in.",
            "fengsui hash-password",
            "fengsui hash-password < password.txt") { iterations };
        command.SetAction(result => Run(result.GetValue(iterations), terminal));
        return command;
    }

    private static int Run(int iterations, CommandTerminal terminal)
    {
        if (iterations is < MinIterations or > MaxIterations)
        {
            throw new OperatorMistakeException(string.Create(
                CultureInfo.InvariantCulture, $"--iterations must be from {MinIterations} to {MaxIterations}"));
        }

        var password = terminal.IsInteractive ? Prompt(terminal) : terminal.Input.ReadLine() ?? string.Empty;
        if (password.Length == 0)
        {
            throw new OperatorMistakeException("the password is empty");
        }

        terminal.Output.WriteLine(PasswordHash.Create(Encoding.UTF8.GetBytes(password), iterations));
        return ExitCodes.Ok;
    }

    private static string Prompt(CommandTerminal terminal)
    {
        var password = ReadHidden("Password: ", terminal);
        return password == ReadHidden("Again: ", terminal) ? password : throw new OperatorMistakeException("the two passwords differ");
    }

    private static string ReadHidden(string prompt, CommandTerminal terminal)
    {
        terminal.Error.Write(prompt);
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                terminal.Error.WriteLine();
                return text.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                text.Append(key.KeyChar);
        }
    }
}
