using Fengsui.Rules;

namespace Fengsui.Devices.Registry.Files;

/// <summary>The devices that an operator has declared, by id.</summary>
/// <param name="Devices">Empty when there is any error.</param>
public sealed record DeviceCatalog(
    IReadOnlyDictionary<string, DeviceFacts> Devices, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
