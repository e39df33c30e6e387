namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>How far a member of a shared group may go to take a message; tried in this order over all members.</summary>
internal enum DeliveryPass : byte
{
    SendNow = 0,
    QueueWhileConnected = 1,
    QueueOffline = 2,
}
