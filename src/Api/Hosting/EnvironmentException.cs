namespace Fengsui.Api.Hosting;

/// <summary>The machine does not let us: a port, a disk, a right. The message is one readable line. Exit code 3.</summary>
public sealed class EnvironmentException(string message, Exception? inner = null) : Exception(message, inner);
