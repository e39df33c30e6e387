namespace Fengsui.Api.Configuration;

/// <summary>The result of a load. With <see cref="Mistakes"/> the options are only good for looking at.</summary>
public sealed class LoadedConfiguration
{
    public required FengsuiOptions Options { get; init; }

    /// <summary>The directory of <c>fengsui.yaml</c>, devices and rules. Absolute; may not exist.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>Whether there is such a directory; without it everything is at its default.</summary>
    public required bool HasConfigDirectory { get; init; }

    /// <summary>Where journal, history and logs go. Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Everything that is wrong, one readable line each; empty when the program may start.</summary>
    public required IReadOnlyList<string> Mistakes { get; init; }

    /// <summary>What is allowed and yet probably not meant.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
