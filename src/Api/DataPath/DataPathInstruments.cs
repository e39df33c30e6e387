using System.Diagnostics.Metrics;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;

namespace Fengsui.Api.DataPath;

/// <summary>Observes the engine and the intake for <c>/metrics</c>; nothing here is touched on the hot path.</summary>
internal sealed class DataPathInstruments : IDisposable
{
    private readonly Meter _devices = new("Fengsui.Devices.Engine");
    private readonly Meter _ingest = new("Fengsui.Ingest.Admission");

    public DataPathInstruments(DeviceEngine engine, TelemetryIntake intake)
    {
        ObserveEngine(engine);
        ObserveStores(engine);
        ObserveIntake(intake.Counters);
    }

    public void Dispose()
    {
        _devices.Dispose();
        _ingest.Dispose();
    }

    private void ObserveEngine(DeviceEngine engine)
    {
        var queries = engine.Queries;
        _devices.CreateObservableCounter("fengsui.rows", () => queries.Counters().Rows, "{row}", "Rows that actors have taken");
        _devices.CreateObservableCounter("fengsui.readings.applied", () => queries.Counters().Readings, "{reading}", "Readings applied");
        _devices.CreateObservableCounter("fengsui.readings.duplicate", () => queries.Counters().Duplicates, "{reading}", "Readings recognised as sent again");
        _devices.CreateObservableCounter("fengsui.readings.late", () => queries.Counters().LateReadings, "{reading}", "Applied readings that came after a newer one of their device");
        _devices.CreateObservableCounter("fengsui.alert.transitions", () => queries.Counters().Transitions, "{transition}", "Steps of alerts");
        _devices.CreateObservableCounter("fengsui.rows.quarantined", () => queries.Counters().QuarantinedRows, "{row}", "Rows stored while their device's rules were at rest after a fault");
        _devices.CreateObservableCounter("fengsui.shard.faults", () => queries.Counters().ShardFaults, "{batch}", "Batches passed over because of a fault of ours");
        _devices.CreateObservableGauge("fengsui.alerts.active", () => engine.Alerts.ActiveCount, "{alert}", "Alerts that are firing");
        _devices.CreateObservableGauge("fengsui.devices.known", () => engine.Registry.Devices.Count, "{device}", "Devices declared");
        _devices.CreateObservableGauge("fengsui.actors.live", () => queries.Counters().LiveActors, "{actor}", "Actors in memory");
        _devices.CreateObservableGauge("fengsui.actors.passive", () => queries.Counters().PassiveActors, "{actor}", "Actors packed away");
        _devices.CreateObservableGauge("fengsui.shard.queue", () => Waiting(queries), "{block}", "Blocks of the journal that wait for the actors, by shard; at most 64");
        _devices.CreateObservableCounter("fengsui.clock.backward_steps", () => engine.Clock.BackwardSteps, "{step}", "How often the machine's clock was set back");
    }

    private void ObserveStores(DeviceEngine engine)
    {
        var history = engine.History;
        _devices.CreateObservableGauge("fengsui.history.committed.position", () => history.Stats.CommittedPosition, null, "Journal position up to which the history is durable");
        _devices.CreateObservableGauge("fengsui.history.size", () => history.Stats.Bytes + history.Stats.TierBytes, "By", "Bytes of the history's files");
        _devices.CreateObservableGauge("fengsui.history.tiers.size", () => history.Stats.TierBytes, "By", "Bytes of what readings were summed up to");
        _devices.CreateObservableCounter("fengsui.history.flushes", () => history.Stats.Flushes, "{flush}", "Flushes of the history");
        _devices.CreateObservableCounter("fengsui.history.flush.failures", () => history.Stats.FailedFlushes, "{flush}", "Flushes that failed and are tried again");
        _devices.CreateObservableCounter("fengsui.history.refused", () => history.Stats.RefusedRows, "{row}", "Applied rows that the history did not take, since they break a bound");
        _devices.CreateObservableCounter("fengsui.history.waits", () => history.Stats.ArenaWaits, "{wait}", "Times that a shard waited for the history");
        _devices.CreateObservableCounter("fengsui.history.damaged_chunks", () => history.Stats.DamagedChunks, "{chunk}", "Chunks found damaged");
        _devices.CreateObservableCounter("fengsui.history.quarantined_files", () => history.Stats.QuarantinedGroups, "{file}", "Files set aside because they do not verify");
        _devices.CreateObservableCounter("fengsui.alerts.forgotten", () => engine.Alerts.Forgotten, "{alert}", "Resolved alerts that are in the log only");
        _devices.CreateObservableGauge("fengsui.dead_letters.kept", () => engine.DeadLetters.Stats.Count, "{letter}", "Dead letters kept");
    }

    private void ObserveIntake(IntakeCounters counters)
    {
        _ingest.CreateObservableCounter("fengsui.intake.messages", () => counters.Messages, "{message}", "Telemetry messages appended to the journal");
        _ingest.CreateObservableCounter("fengsui.intake.readings", () => counters.Readings, "{reading}", "Readings that these held");
        _ingest.CreateObservableCounter("fengsui.intake.batches", () => counters.Batches, "{batch}", "Batches appended");
        _ingest.CreateObservableCounter("fengsui.intake.full_decodes", () => counters.FullDecodes, "{message}", "Messages left to the full decoder");
        _ingest.CreateObservableCounter("fengsui.intake.rejected", () => Rejected(counters), "{input}", "Inputs rejected, by reason");
    }

    private static IEnumerable<Measurement<int>> Waiting(EngineQueries queries) =>
        queries.Waiting().Select((waiting, shard) => new Measurement<int>(waiting, new KeyValuePair<string, object?>("shard", shard)));

    private static IEnumerable<Measurement<long>> Rejected(IntakeCounters counters)
    {
        for (var reason = (RejectReason)1; (int)reason < RejectReasonNames.Count; reason++)
        {
            yield return new Measurement<long>(counters.Rejected(reason), new KeyValuePair<string, object?>("reason", reason.Name()));
        }
    }
}
