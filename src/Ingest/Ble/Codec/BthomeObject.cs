using System.Text;

namespace Fengsui.Ingest.Ble.Codec;

/// <summary>What one object id of BTHome v2 says.</summary>
internal sealed class BthomeObject
{
    /// <summary>The second value of one kind in an advert is <c>temperature.2</c>; beyond this many they have no name, and are left out.</summary>
    public const int MaxInstances = 8;

    private readonly byte[][] _names;

    /// <param name="metric">The metric that holds it; empty for what is no reading.</param>
    /// <param name="size">Bytes of its value; 0 when a length byte comes first.</param>
    /// <param name="form">How the bytes are read.</param>
    /// <param name="divisor">A value is the number divided by it: exact where a factor of 0.1 is not.</param>
    public BthomeObject(string metric, int size, ValueForm form, double divisor)
    {
        (Metric, Size, Form, Divisor) = (metric, size, form, divisor);
        _names = [.. Enumerable.Range(1, MaxInstances).Select(number => Encoding.UTF8.GetBytes(number == 1 ? metric : $"{metric}.{number}"))];
    }

    public string Metric { get; }

    public int Size { get; }

    public ValueForm Form { get; }

    public double Divisor { get; }

    /// <param name="instance">0 for the first of an advert.</param>
    public byte[] NameOf(int instance) => _names[instance];
}
