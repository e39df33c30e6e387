using Fengsui.Api.Configuration;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Serilog;

namespace Fengsui.Api.Hosting;

/// <summary>Sets up Kestrel under one set of options.</summary>
internal static class WebServer
{
    private const int MaxHeaderBytes = 16 << 10;
    private const int MaxRequestLineBytes = 8 << 10;

    public static WebApplication Build(FengsuiOptions options, Listeners listeners, string logDirectory, HostServices services)
    {
        // No arguments and no content root of the caller's: only our own configuration counts.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.Logging.Level);
        builder.Logging.AddSerilog(LoggingSetup.Create(options.Logging, logDirectory, services.LogToConsole), dispose: true);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = options.Server.ShutdownTimeout);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = options.Http.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
        builder.Services.Configure<SocketTransportOptions>(sockets => Configure(sockets, options));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel, options);
            listeners.Configure(kestrel);
        });
        return builder.Build();
    }

    private static void Configure(SocketTransportOptions sockets, FengsuiOptions options)
    {
        sockets.UnsafePreferInlineScheduling = options.Server.InlineScheduling;
        if (options.Server.IoQueues > 0)
            sockets.IOQueueCount = options.Server.IoQueues;
    }

    private static void Limit(KestrelServerOptions kestrel, FengsuiOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.KeepAliveTimeout = options.Http.KeepAlive;
        kestrel.Limits.RequestHeadersTimeout = options.Http.HeaderTimeout;
        kestrel.Limits.MaxRequestBodySize = options.Http.MaxRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
    }
}
