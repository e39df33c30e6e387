namespace Fengsui.Scenarios.Model;

/// <summary>Something that happens at a moment of the scenario.</summary>
/// <param name="At">s after the start.</param>
public abstract record Happening(Amount At);
