using System.Runtime.InteropServices;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Mqtt.Subscriptions;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>A message as one session gets it. <paramref name="IsReplay"/>: a retained message on subscribing, not counted in the queue's bounds.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutboundEntry(BrokerMessage Message, byte Qos, bool Retain, uint[] Identifiers, SharedGroup? Group, bool IsReplay);
