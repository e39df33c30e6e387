namespace Fengsui.Api.Security;

/// <summary>What an endpoint needs. Every route declares exactly one, in its <see cref="OpenApi.Operation"/>.</summary>
public enum Permission : byte
{
    /// <summary>Nobody: what a route without a declaration has.</summary>
    Undeclared,

    /// <summary>No credentials needed.</summary>
    Open,

    /// <summary>Readiness, metrics, status, the description of the API.</summary>
    ReadStatus,

    /// <summary>Devices, readings, sources, history targets, ledger.</summary>
    ReadTelemetry,

    /// <summary>Bring readings in.</summary>
    WriteTelemetry,

    /// <summary>Alerts, their story and the duties they make; fields by view.</summary>
    ReadAlerts,

    /// <summary>Acknowledge, assign, shelve, dispose, verify, close, reopen.</summary>
    ActOnAlerts,

    /// <summary>End an alert of a latched rule.</summary>
    ResetAlerts,

    /// <summary>Zones, permits, goods, routes; fields by view.</summary>
    ReadSite,

    /// <summary>Who is where.</summary>
    ReadPersons,

    /// <summary>Permits, gas tests, unlocks, goods, persons.</summary>
    ChangeSite,

    ReadRules,

    ChangeRules,

    ReadDeadLetters,

    /// <summary>Fix, re-drive, discard.</summary>
    RepairDeadLetters,

    /// <summary>Who is told, and how far behind they are.</summary>
    ReadReceivers,

    /// <summary>Deliver again.</summary>
    ManageReceivers,

    /// <summary>The audit log and its heads.</summary>
    ReadAudit,

    /// <summary>Requests for joint data, and what became of them.</summary>
    ReadAccess,

    /// <summary>Ask for joint data; approve, refuse or end what another one asked.</summary>
    GrantAccess,
}
