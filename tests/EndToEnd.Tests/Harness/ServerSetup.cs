namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>What a server is started with, besides its ports and directories.</summary>
internal sealed record ServerSetup
{
    public static ServerSetup Default { get; } = new();

    /// <summary>As in <c>--set option=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Written into the copy of the shipped configuration before the start, by path within it.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Starts without <c>--config</c> in an empty working directory: embedded defaults.</summary>
    public bool WithoutConfiguration { get; init; }

    /// <summary>A data directory that the test owns; null for one that goes with the server.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Bound on open files of the process; null for the system's.</summary>
    public int? MaxOpenFiles { get; init; }

    public ServerSetup With(params string[] settings) => this with { Settings = [.. Settings, .. settings] };
}
