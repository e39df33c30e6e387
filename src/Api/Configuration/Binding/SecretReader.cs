using System.Collections;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>
/// Reads a secret that an entry gives under <c>key</c>, or keeps elsewhere: <c>key_env</c> names an environment variable,
/// <c>key_file</c> a file whose first line it is (relative to the configuration directory).
/// </summary>
internal sealed class SecretReader(string directory, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Far beyond any hash: a wrong path must not read a disk image into memory.</summary>
    private const int MaxFileBytes = 64 << 10;

    /// <summary>With the environment of this process.</summary>
    public static SecretReader OfProcess(string directory)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return new SecretReader(directory, variables);
    }

    /// <summary>
    /// As <see cref="Read"/>, for what is a secret in itself and not a hash of one, so that it must not stand in this file.
    /// Null without a diagnostic when there is none.
    /// </summary>
    public Secret? ReadKept(YamlMap entry, string key)
    {
        if (entry.Has(key))
        {
            entry.Diagnostics.Error(
                entry.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}' stands in the file for all to read", $"{key}_env, the name of an environment variable, or {key}_file, the path of a file");
            return null;
        }

        return entry.Has(key + "_env") || entry.Has(key + "_file") ? Read(entry, key) : null;
    }

    /// <summary>Null, with a diagnostic, when it is absent, given twice or cannot be read.</summary>
    public Secret? Read(YamlMap entry, string key)
    {
        var given = new[] { key, key + "_env", key + "_file" }.Where(entry.Has).ToArray();
        if (given.Length != 1)
        {
            var message = given.Length == 0 ? $"{entry.What} has no '{key}'" : $"{entry.What} has both '{given[0]}' and '{given[1]}'";
            var spot = given.Length == 0 ? entry.Spot : entry.SpotOf(given[1]);
            entry.Diagnostics.Error(spot, DiagnosticCodes.MissingKey, message, $"one of {key}, {key}_env, {key}_file");
            return null;
        }

        if (entry.String(given[0]) is not { } value)
        {
            return null;
        }

        var text = given[0] == key ? value : given[0].EndsWith("_env", StringComparison.Ordinal) ? environment.GetValueOrDefault(value) : FirstLine(value);
        if (text is not null)
        {
            return new Secret(text.Trim(), entry.SpotOf(given[0]));
        }

        var missing = given[0] == key + "_env" ? $"the environment variable '{value}' is not set" : $"the file '{value}' cannot be read";
        entry.Diagnostics.Error(entry.SpotOf(given[0]), DiagnosticCodes.InvalidValue, missing);
        return null;
    }

    /// <summary>The full path of a file that an entry names; null when it names none, or, with a diagnostic, when there is none.</summary>
    public string? PathOf(YamlMap entry, string key)
    {
        if (entry.String(key) is not { } path)
        {
            return null;
        }

        var full = Path.Combine(directory, path);
        if (!File.Exists(full))
        {
            entry.Diagnostics.Error(entry.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}': there is no file '{full}'");
        }

        return full;
    }

    private string? FirstLine(string path)
    {
        try
        {
            var file = new FileInfo(Path.Combine(directory, path));
            return file.Exists && file.Length <= MaxFileBytes ? File.ReadLines(file.FullName).FirstOrDefault() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
