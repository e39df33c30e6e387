using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Payloads;

/// <summary>Routes topics to a form of payload for as long as it runs.</summary>
internal sealed class PayloadSource(PayloadDefinition definition, SourceContext context) : ISource
{
    public async Task RunAsync(CancellationToken stopping)
    {
        var report = context.Book.Add(definition.Protocol, definition.Name, string.Join(' ', definition.Topics.Select(topic => topic.Text)));
        report.Enter(SourceState.Connected);
        using var service = definition.Form.Start(new PayloadContext(Publisher(), context.Time, report, context.MaxNameBytes));
        PayloadRoute[] routes = [.. definition.Topics.Select(topic => new PayloadRoute(topic, service.Open, report))];
        context.Payloads.Add(routes);
        try
        {
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            context.Payloads.Remove(routes);
            context.Book.Remove(report);
        }
    }

    private PayloadPublisher? Publisher() =>
        context.Broker is { } broker ? (topic, payload, qos, retain) => broker.Publish(topic, payload, qos, retain) : null;
}
