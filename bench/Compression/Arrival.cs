using Fengsui.Scenarios.Wire;

namespace Fengsui.Bench.Compression;

/// <summary>A message that reaches the server.</summary>
/// <param name="AtMs">When, ms after the start.</param>
/// <param name="Gateway">Whose connection it comes by.</param>
/// <param name="Frame">Of a vehicle, which speaks JT/T 808; null over MQTT.</param>
internal readonly record struct Arrival(long AtMs, string Gateway, byte[] Topic, byte[] Payload, WireMessage? Frame);
