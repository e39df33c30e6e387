using System.Diagnostics;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Registry.Files;
using Fengsui.Devices.Replay;
using Fengsui.Rules;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>A back-test over a file of readings: there is no record of what did fire.</summary>
internal static class FileBackTest
{
    /// <summary>Null, with what is wrong on the terminal, when a line of the file cannot be used.</summary>
    public static BackTestResult? Run(
        string path, string directory, IReadOnlyList<RuleFile> rules, CommandTerminal terminal, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new OperatorMistakeException($"there is no file {path}");
        }

        var started = Stopwatch.GetTimestamp();
        var sandbox = new Sandbox(new SandboxOptions());
        sandbox.AdoptRules(rules, "back-test");
        var file = new ReadingFile(sandbox);
        if (RuleDirectory.ConfigurationOf(directory) is { } configuration)
        {
            file.Declare(DeviceFileReader.Read(ConfigFiles.Devices(configuration)));
        }

        var progress = new ProgressLine(terminal.Error);
        var length = new FileInfo(path).Length;
        file.Play(path, done => progress.Show(done, length), cancellation);
        progress.Clear();
        foreach (var mistake in file.Mistakes)
        {
            terminal.Error.WriteLine(mistake);
        }

        if (file.Mistakes.Count > 0)
        {
            terminal.Error.WriteLine($"fengsui: {path} cannot be run: see the lines above");
            return null;
        }

        return ResultOf(sandbox, file, Stopwatch.GetElapsedTime(started));
    }

    private static BackTestResult ResultOf(Sandbox sandbox, ReadingFile file, TimeSpan elapsed)
    {
        var alerts = new List<AlertTransition>();
        while (sandbox.TryTake(out var transition))
        {
            alerts.Add(transition);
        }

        var from = file.FirstMs == long.MaxValue ? 0 : file.FirstMs;
        return new BackTestResult
        {
            FromMs = from,
            ToMs = Math.Max(from, sandbox.ClockMs),
            WarmUpFromMs = from,
            Rules = BackTest.WithoutRecord(alerts),
            Transitions = alerts,
            Entries = alerts,
            IsCompared = false,
            Rows = sandbox.Rows,
            Readings = sandbox.Readings,
            Elapsed = elapsed,
            Faults = sandbox.QuarantinedRows > 0 ? [$"the rules failed on {sandbox.QuarantinedRows} rows for a fault of this program"] : [],
        };
    }
}
