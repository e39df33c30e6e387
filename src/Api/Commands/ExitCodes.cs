namespace Fengsui.Api.Commands;

/// <summary>What the program's exit tells a script or a supervisor. Documented in docs/operations.md: never renumber.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It ran and failed.</summary>
    public const int Failure = 1;

    /// <summary>It was asked wrongly: the command line, the configuration, devices or rules. Trying again will not help.</summary>
    public const int Usage = 2;

    /// <summary>The machine did not let it: a port is taken, a disk is full or not writable.</summary>
    public const int Environment = 3;
}
