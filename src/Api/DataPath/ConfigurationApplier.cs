using Fengsui.Api.Configuration.Binding;
using Fengsui.Api.Delivery;
using Fengsui.Api.Delivery.Configuration;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry.Files;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Puts the files of the configuration directory in force, at start and whenever they change: devices, rules, receivers and
/// sources, each all or nothing. What is wrong is reported whole, and what was in force stays.
/// </summary>
internal sealed class ConfigurationApplier(DeviceEngine engine, SourceHost sources, Deliveries deliveries, ConfigurationRecord record, string topicPrefix, string directory, ILogger logger)
{
    /// <summary>The mistakes of the last attempt; empty when it was taken.</summary>
    public IReadOnlyList<Diagnostic> Mistakes { get; private set; } = [];

    public async Task ApplyAsync(CancellationToken cancellation)
    {
        var catalog = DeviceFileReader.Read(ConfigFiles.Devices(directory));
        foreach (var (id, facts) in catalog.Devices)
        {
            engine.Registry.Declare(id, facts);
        }

        var files = ConfigFiles.Rules(directory);
        var outcome = await engine.RuleSets.SubmitConfigAsync(files, cancellation);
        var incoming = SourceFileReader.Read(ConfigFiles.Sources(directory));
        var receivers = ReceiverFileReader.Read(ConfigFiles.ReceiversFile, ConfigFiles.Receivers(directory), SecretReader.OfProcess(directory), ConfigFiles.Bridges(incoming));
        Diagnostic[] found = [.. catalog.Diagnostics, .. outcome.Diagnostics, .. incoming.Diagnostics, .. receivers.Diagnostics];
        Mistakes = [.. found.Where(mistake => mistake.Severity == Severity.Error)];
        foreach (var diagnostic in found)
        {
            DataPathLog.Diagnostic(logger, diagnostic);
        }

        if (catalog.HasErrors)
        {
            DataPathLog.DevicesRefused(logger, directory);
        }

        if (outcome.Accepted)
        {
            DataPathLog.RulesInForce(logger, outcome.Version, catalog.Devices.Count);
            if (files.Count == 0)
            {
                DataPathLog.NoRules(logger, directory);
            }
        }
        else
        {
            DataPathLog.RulesRefused(logger, directory);
        }

        if (receivers.HasErrors)
        {
            DataPathLog.ReceiversRefused(logger, directory);
        }
        else
        {
            // Before readings come in: nobody is to miss the first alert.
            await deliveries.ApplyAsync(receivers);
            record.Receivers(receivers, ConfigFiles.Receivers(directory));
        }

        if (incoming.HasErrors)
        {
            DataPathLog.SourcesRefused(logger, directory);
        }
        else
        {
            record.Topics(topicPrefix, incoming.Sources);

            // Last: what comes in meets the devices and the rules of the same configuration.
            await sources.ApplyAsync(incoming);
        }
    }
}
