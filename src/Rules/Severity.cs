namespace Fengsui.Rules;

/// <summary>How grave a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>The file is accepted; a person should look.</summary>
    Warning,

    /// <summary>The file is refused as a whole.</summary>
    Error,
}
