using System.CommandLine;
using System.Globalization;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands.History;

/// <summary><c>fengsui history export</c> and <c>fengsui history import</c>.</summary>
internal static class HistoryCommands
{
    private const long DefaultSpanMs = 86_400_000;

    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        var export = Export(terminal);
        var import = Import(terminal);
        var history = new ExampledCommand(
            "history", "Write the readings of a running server to a file, or bring those of a file in.", [.. export.Examples, .. import.Examples]) { export, import };
        return [history, export, import];
    }

    private static ExampledCommand Export(CommandTerminal terminal)
    {
        var file = new Argument<string>("file") { Description = "The file to write; FILE.state beside it says how far it is until it is complete" };
        var url = ServerConnection.UrlOption();
        var (device, metric) = (Many("--device", "Only this device (repeatable)"), Many("--metric", "Only this metric (repeatable) [default: all]"));
        var (zone, type) = (One("--zone", "Only devices in this zone"), One("--type", "Only devices of this type"));
        var (from, to) = (One("--from", "First time [default: a day before --to]"), One("--to", "The time before which it ends [default: now]"));
        var format = new Option<string>("--format") { Description = "csv or line (line protocol, milliseconds)", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "line");
        var provenance = new Option<bool>("--provenance") { Description = "Columns source, gateway, received_ms and position (journal position) too; CSV only" };
        var window = new Option<string>("--window") { Description = "Time of one request, after which progress is told and kept", DefaultValueFactory = _ => "1h" };
        var command = new ExampledCommand(
            "export",
            "Write readings to a file, window after window. Stopped, it goes on when the same command is given again.",
            "fengsui history export readings.csv --zone hall-1 --from 2026-05-01 --to 2026-06-01",
            "fengsui history export tank.lp --device tank-1 --metric temperature --format line",
            "fengsui history export audit.csv --device tank-1 --provenance") { file, url, device, metric, zone, type, from, to, format, provenance, window };
        command.SetAction(async (result, cancel) =>
        {
            var isCsv = result.GetRequiredValue(format) == "csv";
            if (result.GetValue(provenance) && !isCsv)
                throw new OperatorMistakeException("--provenance: only with --format csv");
            var toMs = Time("--to", result.GetValue(to), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000 * 1000);
            var fromMs = Time("--from", result.GetValue(from), toMs - DefaultSpanMs);
            if (fromMs >= toMs)
                throw new OperatorMistakeException("--from must be earlier than --to");
            if (!DurationText.TryParse(result.GetRequiredValue(window), out var windowMs) || windowMs < 1000)
                throw new OperatorMistakeException($"--window must be {DurationText.Expected}, at least 1s");
            using var server = ServerConnection.Open(result.GetRequiredValue(url));
            var query = Query(
                [.. Pairs("device", result.GetValue(device)), .. Pairs("metric", result.GetValue(metric)), ("zone", result.GetValue(zone)), ("type", result.GetValue(type)),
                 ("format", result.GetValue(format)), ("provenance", result.GetValue(provenance) ? "true" : null)]);
            var export = new HistoryExport(server, result.GetRequiredValue(file), query, isCsv, terminal.Error);
            return await GuardAsync(() => export.RunAsync(fromMs, toMs, windowMs, cancel));
        });
        return command;
    }

    private static ExampledCommand Import(CommandTerminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A file that 'fengsui history export' wrote; FILE.import beside it says how far it is until it is complete" };
        var url = ServerConnection.UrlOption();
        var format = new Option<string>("--format") { Description = "csv, or line (line protocol, milliseconds)", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "line");
        var command = new ExampledCommand(
            "import",
            "Send the readings of a file to a server, through its journal and its rules like those of every source. Stopped, it goes on when the same command is given again.",
            "fengsui history import readings.csv --url http://127.0.0.1:8080",
            "fengsui history import tank.lp --format line") { file, url, format };
        command.SetAction(async (result, cancel) =>
        {
            var path = result.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new OperatorMistakeException($"there is no file {path}");
            using var server = ServerConnection.Open(result.GetRequiredValue(url));
            var import = new HistoryImport(server, path, result.GetRequiredValue(format) == "csv", terminal.Error);
            var code = await GuardAsync(() => import.RunAsync(cancel));
            return code == ExitCodes.Ok && import.Left > 0 ? ExitCodes.Failure : code;
        });
        return command;
    }

    private static async Task<int> GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
            return ExitCodes.Ok;
        }
        catch (HttpRequestException e)
        {
            throw new EnvironmentException($"no answer from the server: {e.Message}; give the same command again to go on");
        }
    }

    private static long Time(string name, string? text, long fallback) =>
        text is null ? fallback
        : QueryTime.TryParse(text, out var ms) ? ms
        : throw new OperatorMistakeException($"{name} must be {QueryTime.Expected}");

    private static IEnumerable<(string Name, string? Value)> Pairs(string name, string[]? values) => (values ?? []).Select(value => (name, (string?)value));

    private static string Query(IEnumerable<(string Name, string? Value)> parameters) => string.Join(
        '&', parameters.Where(pair => pair.Value is not null).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}")));

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description };

    private static Option<string?> One(string name, string description) => new(name) { Description = description };
}
