namespace Fengsui.Devices.Audit;

/// <summary>One thing that is wrong.</summary>
/// <param name="File">Name of the file; where nothing stands, the one that should hold it.</param>
/// <param name="Line">From 1; 0 when it is about no line.</param>
/// <param name="Sequence">The record's number; of several the first; 0 when it is about none.</param>
/// <param name="What">In a sentence.</param>
public sealed record AuditFinding(AuditFindingKind Kind, string File, int Line, long Sequence, string What)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {What}" : $"{File}: {What}";
}
