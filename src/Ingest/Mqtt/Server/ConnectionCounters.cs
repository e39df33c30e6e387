namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>Plain counts of one connection: the in-side is written by its read loop, the out-side under its output's lock. Folded into the broker's totals when it ends.</summary>
internal sealed class ConnectionCounters
{
    public long PacketsIn;
    public long PublishesIn;
    public long BytesIn;
    public long PacketsOut;
    public long BytesOut;

    public void AddTo(ConnectionCounters total)
    {
        total.PacketsIn += PacketsIn;
        total.PublishesIn += PublishesIn;
        total.BytesIn += BytesIn;
        total.PacketsOut += PacketsOut;
        total.BytesOut += BytesOut;
    }
}
