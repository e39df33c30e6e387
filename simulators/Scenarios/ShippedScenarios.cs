using System.Reflection;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Reading;

namespace Fengsui.Scenarios;

/// <summary>The scenarios that come with the program.</summary>
public static class ShippedScenarios
{
    private const string Prefix = "scenarios/";
    private const string Suffix = ".yaml";

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of one; null when there is none of this name.</summary>
    public static string? Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public static Scenario Load(string name)
    {
        var scenario = ScenarioReader.Read(name + Suffix, Text(name) ?? throw new KeyNotFoundException($"there is no scenario {name}"), out var mistakes);
        return scenario ?? throw new InvalidDataException(string.Join('\n', mistakes));
    }
}
