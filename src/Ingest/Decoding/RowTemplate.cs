using System.Buffers;
using System.Text;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// A shape as its keys stand in JSON: what the fast decoder compares a payload with. A template without keys matches
/// nothing: its rows are left to the full decoder.
/// </summary>
internal sealed class RowTemplate
{
    /// <summary>A name with one of these is written otherwise in JSON than it is spelled.</summary>
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private RowTemplate(Shape shape, RowKey[] keys)
    {
        Shape = shape;
        Keys = keys;
    }

    public Shape Shape { get; }

    /// <summary>Of each metric the name in its quotes and the colon, in the order of the shape; or empty.</summary>
    public RowKey[] Keys { get; }

    public static RowTemplate Of(Shape shape, MetricTable metrics)
    {
        var keys = new RowKey[shape.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var name = metrics.NameOf(shape.Metrics[i]);
            if (!IsPlain(name))
            {
                return new RowTemplate(shape, []);
            }

            keys[i] = new RowKey(Encoding.UTF8.GetBytes($"\"{name}\":"));
        }

        return new RowTemplate(shape, keys);
    }

    /// <summary>
    /// False for a key that means more than a number of that name: a time, part of a position, a position, or one that
    /// needs an escape.
    /// </summary>
    private static bool IsPlain(string name) =>
        name != "ts"
        && !PositionNames.IsCoordinate(name)
        && !PositionNames.IsPosition(name)
        && !name.AsSpan().ContainsAny(Escaped);
}
