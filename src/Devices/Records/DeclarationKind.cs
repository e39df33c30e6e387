namespace Fengsui.Devices.Records;

/// <summary>What a declaration gives an id to. On disk: never renumber.</summary>
public enum DeclarationKind : byte
{
    Source = 1,
    Metric = 2,
    Shape = 3,
    Device = 4,
}
