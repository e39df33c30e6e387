namespace Fengsui.Api.Configuration.Binding;

/// <summary>
/// One option that a text, or a list of texts, sets. The same declaration serves the file, the environment and the command
/// line, so that all three take the same forms and complain in the same words.
/// </summary>
internal sealed class Setting(
    string path,
    bool isList,
    string expected,
    IReadOnlyList<string> words,
    Func<FengsuiOptions, string> show,
    Func<FengsuiOptions, IReadOnlyList<string>, bool> apply)
{
    /// <summary>Section and key, for example <c>server.mqtt_port</c>.</summary>
    public string Path { get; } = path;

    public bool IsList { get; } = isList;

    /// <summary>What a value must be, in the words of the message: "a port from 0 to 65535".</summary>
    public string Expected { get; } = expected;

    /// <summary>The words to choose from, when it is a choice: what was meant is guessed from them.</summary>
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>The last word of the path: the key within its section.</summary>
    public string Key { get; } = path[(path.LastIndexOf('.') + 1)..];

    /// <summary>The environment variable that sets it: <c>FENGSUI_SERVER_MQTT_PORT</c>.</summary>
    public string Variable { get; } = "FENGSUI_" + path.Replace('.', '_').ToUpperInvariant();

    /// <summary>The value as the file would write it.</summary>
    public string Show(FengsuiOptions options) => show(options);

    /// <summary>False when a text is not what is <see cref="Expected"/>; the options are then unchanged.</summary>
    public bool TryApply(FengsuiOptions options, IReadOnlyList<string> texts) => apply(options, texts);
}
