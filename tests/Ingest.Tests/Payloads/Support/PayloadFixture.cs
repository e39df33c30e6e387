using System.Text;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.MqttClients;

namespace Fengsui.Ingest.Tests.Payloads.Support;

/// <summary>One connection's intake, its topics routed as a source file says.</summary>
internal sealed class PayloadFixture : IDisposable
{
    private readonly List<IPayloadService> _services = [];

    public PayloadFixture(string yaml, RegistryOptions? bounds = null)
    {
        Intake = new IntakeFixture(bounds: bounds);
        var catalog = SourceFileReader.Read([new SourceFile("payloads.yaml", yaml)]);
        Assert.Empty(catalog.Diagnostics);
        foreach (var definition in catalog.Sources.OfType<PayloadDefinition>())
        {
            var service = definition.Form.Start(new PayloadContext((topic, payload, _, retain) => Published.Add((topic, payload, retain)), Time, Report, 128));
            _services.Add(service);
            Intake.Payloads.Add([.. definition.Topics.Select(topic => new PayloadRoute(topic, service.Open, Report))]);
        }
    }

    public IntakeFixture Intake { get; }

    public ManualTime Time { get; } = new();

    public SourceConnection Report { get; } = new SourceBook(TimeProvider.System).Add("test", "one", "");

    /// <summary>What was published from inside.</summary>
    public List<(string Topic, byte[] Payload, bool Retain)> Published { get; } = [];

    public void Dispose() => _services.ForEach(service => service.Dispose());

    public StagedBatch Send(string topic, byte[] payload)
    {
        Intake.Send(payload, topic);
        return Intake.Take();
    }

    public StagedBatch Send(string topic, string payload) => Send(topic, Encoding.UTF8.GetBytes(payload));

    /// <summary>Sends a message that must stage rows only: their texts, with their times relative to the clock's in ms.</summary>
    public string Rows(string topic, byte[] payload)
    {
        var batch = Send(topic, payload);
        Assert.Empty(batch.Letters);
        return Text(batch);
    }

    public string Rows(string topic, string payload) => Rows(topic, Encoding.UTF8.GetBytes(payload));

    /// <summary>As in <c>d1@-5: co=1</c>; without a time of its own there is no <c>@</c>.</summary>
    public string Text(StagedBatch batch) => string.Join("; ", batch.Rows.Select(Text));

    private string Text(StagedRow row)
    {
        var isServers = (row.Flags & Fengsui.Devices.Records.RowFlags.ServerTime) != 0;
        return isServers ? row.ToString() : FormattableString.Invariant($"{row.Device}@{row.TimeMs - Intake.ClockMs}: {string.Join(' ', row.Readings)}");
    }
}
