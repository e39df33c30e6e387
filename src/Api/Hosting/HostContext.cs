using Fengsui.Api.Configuration;
using Fengsui.Api.Endpoints;
using Fengsui.Api.Security.Views;

namespace Fengsui.Api.Hosting;

/// <summary>What the host lends to the data path it is composed with.</summary>
public sealed class HostContext
{
    public required FengsuiOptions Options { get; init; }

    /// <summary>Absolute; holds <c>devices/</c> and <c>rules/</c>. May not exist.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>Absolute, exists, and is locked by this process.</summary>
    public required string DataDirectory { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Where each part says whether it can do its work.</summary>
    public required ReadinessChecks Readiness { get; init; }

    /// <summary>Where each part adds its own to <c>/api/v1/status</c>.</summary>
    public required StatusSections Status { get; init; }

    /// <summary>Who sees what over HTTP; the data path gives it the audit log.</summary>
    internal Viewing Viewing { get; init; } = null!;

    /// <summary>Fires when the server begins to stop: streams end by it.</summary>
    public required CancellationToken Stopping { get; init; }
}
