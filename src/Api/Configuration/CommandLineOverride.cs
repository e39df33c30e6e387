namespace Fengsui.Api.Configuration;

/// <summary>One option from the command line.</summary>
/// <param name="Path">For example <c>server.mqtt_port</c>; unknown paths are reported when the configuration is loaded.</param>
/// <param name="Text">Its value; lists are separated by commas.</param>
/// <param name="Origin">What the operator typed, for messages: <c>--mqtt-port</c>.</param>
public sealed record CommandLineOverride(string Path, string Text, string Origin);
