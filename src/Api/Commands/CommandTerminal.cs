namespace Fengsui.Api.Commands;

/// <summary>Where a command reads from and writes to: the console, or a test.</summary>
internal sealed record CommandTerminal(TextReader Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Whether a person types: only then are prompts of use.</summary>
    public bool IsInteractive => ReferenceEquals(Input, Console.In) && !Console.IsInputRedirected;

    /// <summary>Whether a person looks who has not asked for plain text (no-color.org).</summary>
    public bool HasColor =>
        ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
