using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>What to publish when the client is lost. The message's expiry begins when it is published.</summary>
internal sealed record WillMessage(BrokerMessage Message, uint DelaySeconds, uint? ExpirySeconds);
