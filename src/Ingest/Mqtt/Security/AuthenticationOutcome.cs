namespace Fengsui.Ingest.Mqtt.Security;

public enum AuthenticationOutcome : byte
{
    Accepted = 0,
    BadUserNameOrPassword = 1,
    NotAuthorized = 2,

    /// <summary>Too many checks at once; the client should try again later.</summary>
    Busy = 3,
}
