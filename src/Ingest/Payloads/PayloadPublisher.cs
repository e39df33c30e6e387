namespace Fengsui.Ingest.Payloads;

/// <summary>Publishes a message from inside. Any thread.</summary>
internal delegate void PayloadPublisher(string topic, byte[] payload, byte qos, bool retain);
