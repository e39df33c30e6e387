namespace Fengsui.Rules.Import;

/// <summary>What could not be carried over, or was assumed.</summary>
/// <param name="Place">Where it stands: <c>file:line:column</c>, or a path in a JSON file.</param>
/// <param name="Subject">The rule that it is about; empty when it is about the file.</param>
/// <param name="IsLoss">Something was left out; otherwise it was carried over on an assumption.</param>
public sealed record ImportNote(string Place, string Subject, string Message, bool IsLoss)
{
    public override string ToString() => $"{Place}: {(IsLoss ? "left out" : "assumed")}: {(Subject.Length == 0 ? "" : Subject + ": ")}{Message}";
}
