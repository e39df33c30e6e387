namespace Fengsui.Scenarios.Wire;

/// <summary>Something that reaches the server in a run.</summary>
/// <param name="AtMs">When it is sent, ms after the start.</param>
public abstract record RunStep(long AtMs);
