namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>What was done at a bound. Each is counted under its name.</summary>
public enum DropPolicy : byte
{
    ConnectionRefusedAtLimit = 0,
    QueueFullNewestDropped = 1,
    LargerThanClientAccepts = 2,
    MessageExpired = 3,
    PublishDenied = 4,
    SubscribeDenied = 5,
    SubscriptionLimit = 6,
    RetainedLimit = 7,
    OfflineSessionLimit = 8,
    TopicOutOfBounds = 9,
    IntakeRefused = 10,
    PayloadFormatInvalid = 11,
    RevokedAtDelivery = 12,
    ConnectTimeout = 13,
    KeepAliveTimeout = 14,
    WriteTimeout = 15,
    SharedGroupWithoutMember = 16,
    LoginRefused = 17,
    StateFileSetAside = 18,
    SessionTakenOver = 19,
    StateFileNotWritten = 20,
    StateFileFull = 21,
}
