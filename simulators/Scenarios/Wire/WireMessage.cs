using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Wire;

/// <summary>A message as it goes over the wire.</summary>
/// <param name="Line">Whose connection it goes over: an MQTT client, or a terminal by its phone.</param>
/// <param name="Topic">Where it is published; empty over TCP.</param>
/// <param name="MessageId">What it is to JT/T 808; 0 over MQTT.</param>
/// <param name="Payload">What is published, or the body of the terminal's message.</param>
public sealed record WireMessage(long AtMs, WireForm By, string Line, string Topic, ushort MessageId, byte[] Payload) : RunStep(AtMs);
