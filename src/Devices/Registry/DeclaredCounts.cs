using Fengsui.Devices.Records;

namespace Fengsui.Devices.Registry;

/// <summary>How much had been declared at one place in the journal. Ids are dense from 0, so a count says which exist.</summary>
internal readonly record struct DeclaredCounts(int Sources, int Metrics, int Shapes, int Devices)
{
    /// <summary>Source 0, <see cref="SourceTable.OtherName"/>, exists without a declaration.</summary>
    public static DeclaredCounts None { get; } = new(1, 0, 0, 0);

    public DeclaredCounts With(DeclarationKind kind, int id) => kind switch
    {
        DeclarationKind.Source => this with { Sources = Math.Max(Sources, id + 1) },
        DeclarationKind.Metric => this with { Metrics = Math.Max(Metrics, id + 1) },
        DeclarationKind.Shape => this with { Shapes = Math.Max(Shapes, id + 1) },
        _ => this with { Devices = Math.Max(Devices, id + 1) },
    };
}
