using Fengsui.Api.Commands;
using Fengsui.Rules.Testing;
using Spectre.Console;

namespace Fengsui.Api.RuleTools;

/// <summary>Results of unit tests for people: what was expected with −, what happened instead with +. In colour on a terminal, unless NO_COLOR is set.</summary>
internal sealed class RuleTestReport
{
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Wrong = new(Color.Red);

    private readonly IAnsiConsole _console;

    public RuleTestReport(CommandTerminal terminal)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColor ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.HasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(terminal.Output),
        });

        // Lines are for grep too: they are never broken.
        _console.Profile.Width = int.MaxValue / 4;
    }

    public static string SignOf(DiffSide side) => side switch { DiffSide.Expected => "- ", DiffSide.Got => "+ ", _ => "  " };

    public void Write(IReadOnlyList<(string File, List<RuleTestResult> Results)> suites)
    {
        var (passed, failed) = (0, 0);
        foreach (var (file, results) in suites)
        {
            var wrong = results.FindAll(result => !result.Passed);
            failed += wrong.Count;
            passed += results.Count - wrong.Count;
            _console.Write(wrong.Count == 0 ? "ok  " : "FAIL", wrong.Count == 0 ? Good : Wrong);
            _console.WriteLine($" {file}  {results.Count - wrong.Count} of {results.Count} passed");
            wrong.ForEach(result => Write(file, result));
        }

        _console.WriteLine($"{passed} passed, {failed} failed");
    }

    private void Write(string file, RuleTestResult result)
    {
        _console.WriteLine($"{file}:{result.Test.Spot.Line}: {result.Test.Name}");
        foreach (var failure in result.Failures)
        {
            _console.WriteLine($"  {file}:{failure.Spot.Line}: {failure.Title}");
            if (failure.Diff.Count > 0)
            {
                _console.WriteLine("    - expected   + got");
            }

            foreach (var line in failure.Diff)
            {
                var style = line.Side switch { DiffSide.Expected => Wrong, DiffSide.Got => Good, _ => Style.Plain };
                _console.WriteLine($"    {SignOf(line.Side)}{line.Text}", style);
            }
        }
    }
}
