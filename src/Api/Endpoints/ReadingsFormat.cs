using System.Globalization;
using System.Text;
using Fengsui.Devices.History.Embedded;

namespace Fengsui.Api.Endpoints;

/// <summary>How an answer of <c>/readings</c> is written, series after series; appends to a text that goes out as it grows.</summary>
internal abstract class ReadingsFormat(StringBuilder text)
{
    public abstract string ContentType { get; }

    protected StringBuilder Text { get; } = text;

    /// <summary>The device and the metric that the next items are of.</summary>
    protected string Device { get; private set; } = "";

    protected string Metric { get; private set; } = "";

    protected bool IsPosition { get; private set; }

    public abstract void Begin(ReadingsSelection selection);

    public void BeginSeries(string device, string metric)
    {
        (Device, Metric, IsPosition) = (device, metric, JsonParts.IsPosition(metric));
        OnSeries();
    }

    /// <param name="source">Null when it was not asked for.</param>
    public abstract void Add(in HistoryReading reading, string? source);

    public abstract void Add(in HistoryStep step);

    public virtual void EndSeries()
    {
    }

    public virtual void End()
    {
    }

    protected virtual void OnSeries()
    {
    }

    protected static string Number(double value, string none) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : none;
}
