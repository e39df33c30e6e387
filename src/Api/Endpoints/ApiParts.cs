using Fengsui.Api.Delivery;
using Fengsui.Api.Security.Views;
using Fengsui.Api.Streaming;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Http;
using Fengsui.Ingest.Sources;

namespace Fengsui.Api.Endpoints;

/// <summary>The parts of the data path that endpoints show and command. Each is null until it is open.</summary>
public sealed class ApiParts
{
    public Func<DeviceEngine?> Engine { get; init; } = () => null;

    /// <summary>The stream of alert transitions.</summary>
    public Func<EventStream?> Alerts { get; init; } = () => null;

    /// <summary>The connections of the field protocols.</summary>
    public Func<SourceBook?> Sources { get; init; } = () => null;

    /// <summary>Where requests bring readings in.</summary>
    public Func<HttpIntake?> Writes { get; init; } = () => null;

    /// <summary>Where what was refused is tried again.</summary>
    public Func<TelemetryIntake?> Intake { get; init; } = () => null;

    /// <summary>Where readings are written to beside the history.</summary>
    public Func<InfluxTargets?> Targets { get; init; } = () => null;

    /// <summary>Who sees what; it has passed every request before.</summary>
    internal Viewing? Viewing { get; init; }

    /// <summary>Who is told of alerts outside.</summary>
    public Func<Deliveries?> Deliveries { get; init; } = () => null;

    /// <summary>The record of what happened to alerts.</summary>
    public Func<AuditTrail?> Audit { get; init; } = () => null;

    /// <summary>Ends the streams.</summary>
    public CancellationToken Stopping { get; init; }
}
