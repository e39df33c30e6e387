using Fengsui.Devices.Actors;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Replay;

/// <summary>Bounds of a <see cref="Sandbox"/>; those of the server unless said otherwise.</summary>
public sealed class SandboxOptions
{
    public RegistryOptions Registry { get; init; } = new();

    public ActorOptions Actors { get; init; } = new();

    /// <summary>Whether <see cref="Sandbox.TryTakeStep"/> gives pending and cancelled steps too.</summary>
    public bool KeepsSteps { get; init; }
}
