namespace Fengsui.Api.Hosting;

/// <summary>Someone configured or asked for something that cannot be; the message says what and what to do. Exit code 2.</summary>
public sealed class OperatorMistakeException(string message) : Exception(message);
