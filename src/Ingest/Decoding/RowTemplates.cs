using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>Each shape's template, by shape id. Shared by all connections; filled on first use; as bounded as the shapes.</summary>
internal sealed class RowTemplates(MetricTable metrics)
{
    private readonly Lock _lock = new();
    private volatile RowTemplate?[] _byShape = new RowTemplate?[64];

    public RowTemplate For(Shape shape)
    {
        var known = _byShape;
        return (uint)shape.Id < (uint)known.Length && known[shape.Id] is { } template ? template : Learn(shape);
    }

    private RowTemplate Learn(Shape shape)
    {
        lock (_lock)
        {
            if (shape.Id >= _byShape.Length)
            {
                var larger = new RowTemplate?[Math.Max(shape.Id + 1, _byShape.Length * 2)];
                _byShape.CopyTo(larger, 0);
                _byShape = larger;
            }

            return _byShape[shape.Id] ??= RowTemplate.Of(shape, metrics);
        }
    }
}
