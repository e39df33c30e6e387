using System.CommandLine;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tracing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands.Tracing;

/// <summary><c>fengsui trace</c>, on a data directory; safe beside a running server.</summary>
internal static class TraceCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var device = Optional("DEVICE", "Id of the device");
        var metric = Optional("METRIC", "The metric");
        var time = Optional("TIME", "ISO 8601, without an offset UTC; or milliseconds since 1970. The nearest reading is told of");
        var position = new Option<long?>("--position") { Description = "A position of the journal in place of a reading: tells of the record there, and of every row in it", HelpName = "POSITION" };
        var within = new Option<string>("--within") { Description = "How far from TIME the nearest reading may be", HelpName = "DURATION", DefaultValueFactory = _ => "1m" };
        var data = new Option<string>("--data") { Description = "Data directory of the server", HelpName = "DIR", DefaultValueFactory = _ => "data" };
        var asJson = new Option<bool>("--json") { Description = "Write it as JSON" };
        var command = new ExampledCommand(
            "trace",
            "Tell of a stored reading which connection, message and journal record it came from and where it went: history, InfluxDB, alerts. All readings of the time are told of, late ones too. "
            + "Changes nothing; safe beside a running server. Exit code 0 when there is one, 1 when there is none, 2 when the question is not understood.",
            "fengsui trace tank-1 temperature 2026-05-01T08:00:00Z",
            "fengsui trace tank-1 temperature 1777622400123 --within 1s --data /var/lib/fengsui --json",
            "fengsui trace --position 4711") { device, metric, time, position, within, data, asJson };
        command.SetAction((result, cancel) =>
        {
            var (asked, wanted) = (result.GetValue(position), (string?[])[result.GetValue(device), result.GetValue(metric), result.GetValue(time)]);
            var question = Question(asked, wanted, result.GetRequiredValue(within));
            return Task.FromResult(Run(result.GetRequiredValue(data), question, result.GetValue(asJson), terminal, cancel));
        });
        return command;
    }

    private static Argument<string?> Optional(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <exception cref="OperatorMistakeException">It asks for nothing, for two things, or for no time.</exception>
    private static Func<Tracer, Trace> Question(long? position, string?[] reading, string withinText)
    {
        if (position is { } place)
        {
            return Array.TrueForAll(reading, part => part is null)
                ? tracer => tracer.At(place)
                : throw new OperatorMistakeException("give DEVICE METRIC TIME or --position, not both");
        }

        if (reading is not [{ } device, { } metric, { } timeText])
            throw new OperatorMistakeException("give DEVICE METRIC TIME, or --position");
        if (!QueryTime.TryParse(timeText, out var timeMs))
            throw new OperatorMistakeException($"TIME must be {QueryTime.Expected}");
        if (!DurationText.TryParse(withinText, out var withinMs))
            throw new OperatorMistakeException($"--within must be {DurationText.Expected}");
        return tracer => tracer.Find(device, metric, timeMs, withinMs);
    }

    private static int Run(string data, Func<Tracer, Trace> question, bool asJson, CommandTerminal terminal, CancellationToken cancel)
    {
        if (!Directory.Exists(data))
            throw new OperatorMistakeException($"there is no data directory {data}: give --data");
        Trace trace;
        try
        {
            using var tracer = new Tracer(data, cancel);
            trace = question(tracer);
        }
        catch (InvalidDataException lost)
        {
            throw new EnvironmentException(lost.Message, lost);
        }

        if (asJson)
        {
            WriteJson(trace, terminal.Output);
        }
        else if (trace.IsFound)
        {
            new TraceReport(trace, terminal.Output).Write();
        }

        foreach (var fault in trace.IsFound ? trace.Faults : [.. trace.Faults, trace.Missing])
        {
            terminal.Error.WriteLine($"fengsui: {fault}");
        }

        return trace.IsFound ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static void WriteJson(Trace trace, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, AlertJson.WriterOptions with { Indented = true }))
        {
            TraceJson.Write(json, trace);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
