namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>What happened to a file while the server was down.</summary>
public enum FileDamage
{
    Truncated,
    BitFlipped,
    ZeroFilled,
}
