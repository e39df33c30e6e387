using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.Mqtt.Support;

internal sealed record Will(string Topic, string Payload, byte Qos = 0, bool Retain = false, Action<PropertyWriter>? Properties = null);
