using System.Collections;
using System.CommandLine;
using Fengsui.Api.Configuration;

namespace Fengsui.Api.Commands;

/// <summary>The options of every command that reads the configuration. Values stay texts, so that one place judges them.</summary>
internal sealed class ServerArguments
{
    private readonly Option<string> _config = new("--config") { Description = "Directory of fengsui.yaml, devices/ and rules/ [default: ./config]", HelpName = "DIR" };
    private readonly Option<string> _data = new("--data") { Description = "Directory of journal, history and logs [default: ./data]", HelpName = "DIR" };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Set any option of fengsui.yaml, such as --set mqtt.max_connections=100 (repeatable)",
        HelpName = "OPTION=VALUE",
    };

    private readonly (Option<string> Option, string Path)[] _named =
    [
        (new("--bind") { Description = "Address to listen on [default: 127.0.0.1]", HelpName = "ADDRESS" }, "server.bind"),
        (new("--mqtt-port") { Description = "MQTT port, 0 picks a free one [default: 1883]", HelpName = "N" }, "server.mqtt_port"),
        (new("--mqtts-port") { Description = "MQTT over TLS port, opened when a certificate is configured [default: 8883]", HelpName = "N" }, "server.mqtts_port"),
        (new("--http-port") { Description = "HTTP port, 0 picks a free one [default: 8080]", HelpName = "N" }, "server.http_port"),
        (new("--durability") { Description = "What an acknowledgement promises: fsync, or os for the operating system's cache [default: fsync]", HelpName = "fsync|os" }, "journal.durability"),
    ];

    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_data);
        foreach (var (option, _) in _named)
        {
            command.Add(option);
        }

        command.Add(_set);
    }

    /// <summary>Everything the operator gave.</summary>
    public ConfigurationSources Read(ParseResult result)
    {
        var overrides = new List<CommandLineOverride>();
        foreach (var (option, path) in _named)
        {
            if (result.GetValue(option) is { } text)
                overrides.Add(new CommandLineOverride(path, text, option.Name));
        }

        foreach (var assignment in result.GetValue(_set) ?? [])
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            var (path, text) = equals < 0 ? (assignment, "") : (assignment[..equals], assignment[(equals + 1)..]);
            overrides.Add(new CommandLineOverride(path, text, $"--set {path}"));
        }

        return new ConfigurationSources(result.GetValue(_config), result.GetValue(_data), Variables(), overrides);
    }

    private static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return variables;
    }
}
