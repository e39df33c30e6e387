namespace Fengsui.Api.Security.Approval;

/// <summary>Where a request for joint data stands.</summary>
internal enum AccessState : byte
{
    /// <summary>Waits for a person of the other authority.</summary>
    Asked,

    Approved,

    Refused,

    /// <summary>Ended before its time, or taken back.</summary>
    Ended,

    /// <summary>Over, or never answered.</summary>
    Expired,
}
