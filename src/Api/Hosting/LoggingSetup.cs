using System.Globalization;
using Fengsui.Api.Configuration.Sections;
using Serilog;
using Serilog.Events;
using ILogger = Serilog.ILogger;

namespace Fengsui.Api.Hosting;

/// <summary>
/// Serilog behind Microsoft.Extensions.Logging: readable lines on standard error (standard output is for the startup line
/// and for commands' results), and files that roll daily and by size.
/// </summary>
internal static class LoggingSetup
{
    private const string ConsoleTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";
    private const string FileTemplate = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static ILogger Create(LogSection options, string? logDirectory, bool console)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(options.Level))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // Its one message is a stack trace of what the command line explains in a sentence.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal);
        if (options.Level == LogLevel.None)
        {
            configuration.Filter.ByExcluding(_ => true);
        }

        if (console)
        {
            configuration.WriteTo.Console(
                outputTemplate: ConsoleTemplate, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose);
        }

        if (options.File && logDirectory is not null)
        {
            configuration.WriteTo.File(
                Path.Combine(logDirectory, "fengsui-.log"),
                outputTemplate: FileTemplate,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: options.MaxFileBytes,
                retainedFileCountLimit: options.RetainedFiles);
        }

        return configuration.CreateLogger();
    }

    private static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        _ => LogEventLevel.Error,
    };
}
