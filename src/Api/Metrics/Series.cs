using System.Globalization;

namespace Fengsui.Api.Metrics;

/// <summary>One labelled time series of a family. Written to by any thread, read by a scrape.</summary>
internal abstract class Series(string labels)
{
    public string Labels { get; } = labels;

    public abstract void Record(double value);

    /// <summary>Forgets what earlier scrapes observed; only for instruments that report their whole value at each scrape.</summary>
    public abstract void Reset();

    /// <summary>False for an observed series that nobody reported at this scrape.</summary>
    public abstract bool HasValue { get; }

    public abstract void WriteTo(TextWriter text, string name);

    protected static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    protected static void WriteSample(TextWriter text, string name, string labels, string value)
    {
        text.Write(name);
        if (labels.Length > 0)
        {
            text.Write('{');
            text.Write(labels);
            text.Write('}');
        }

        text.Write(' ');
        text.Write(value);
        text.Write('\n');
    }
}
