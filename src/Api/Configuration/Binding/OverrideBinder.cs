using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds environment variables and command-line options over what the file said.</summary>
internal sealed class OverrideBinder(FengsuiOptions options, Origins origins, List<string> mistakes, List<string> warnings)
{
    /// <summary>Short names of the options that containers set most, beside the general <c>FENGSUI_SECTION_KEY</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> ShortVariables = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FENGSUI_BIND"] = "server.bind",
        ["FENGSUI_MQTT_PORT"] = "server.mqtt_port",
        ["FENGSUI_MQTTS_PORT"] = "server.mqtts_port",
        ["FENGSUI_HTTP_PORT"] = "server.http_port",
        ["FENGSUI_DURABILITY"] = "journal.durability",
        ["FENGSUI_LOG_LEVEL"] = "logging.level",
        ["FENGSUI_OTLP_ENDPOINT"] = "telemetry.otlp_endpoint",
    };

    /// <summary>Read elsewhere: the two directories, and the key of <c>fengsui status</c>.</summary>
    public static readonly IReadOnlyList<string> OtherVariables = ["FENGSUI_CONFIG", "FENGSUI_DATA", "FENGSUI_API_KEY"];

    private const string Prefix = "FENGSUI_";

    public void BindEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var byVariable = Settings.All.ToDictionary(setting => setting.Variable, StringComparer.Ordinal);
        foreach (var (name, path) in ShortVariables)
        {
            byVariable[name] = Settings.All.Single(setting => setting.Path == path);
        }

        // Sorted, so that of a short and a general name for one option it is always the same that wins.
        foreach (var (name, text) in environment.Where(IsOurs).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (byVariable.TryGetValue(name, out var setting))
            {
                Apply(setting, text, $"environment variable {name}");
            }
            else if (!OtherVariables.Contains(name))
            {
                warnings.Add($"environment variable {name}: sets no option{NearMiss.Hint(name, byVariable.Keys)}");
            }
        }
    }

    public void BindCommandLine(IReadOnlyList<CommandLineOverride> overrides)
    {
        foreach (var one in overrides)
        {
            if (Settings.All.FirstOrDefault(setting => setting.Path == one.Path) is { } setting)
            {
                Apply(setting, one.Text, one.Origin);
            }
            else
            {
                mistakes.Add($"{one.Origin}: there is no option '{one.Path}'{NearMiss.Hint(one.Path, Settings.All.Select(known => known.Path))}");
            }
        }
    }

    private static bool IsOurs(KeyValuePair<string, string> variable) =>
        variable.Key.StartsWith(Prefix, StringComparison.Ordinal) && variable.Value.Length > 0;

    private void Apply(Setting setting, string text, string origin)
    {
        string[] texts = setting.IsList
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [text.Trim()];
        if (setting.TryApply(options, texts))
        {
            origins.Set(setting.Path, origin);
        }
        else
        {
            mistakes.Add($"{origin}: '{text}' is not valid{NearMiss.Hint(text, setting.Words)} (expected {setting.Expected})");
        }
    }
}
