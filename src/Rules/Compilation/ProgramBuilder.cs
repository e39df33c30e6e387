using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Compilation;

/// <summary>Gives slots, cells and zone inputs their places while the rules of one program are compiled. Equal calls share a cell.</summary>
internal sealed class ProgramBuilder(DeviceProfile profile, MetricTable metrics)
{
    private readonly Dictionary<string, int> _cellPlaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _zonePlaces = new(StringComparer.Ordinal);
    private readonly List<CompiledCell> _cells = [];
    private readonly List<ZoneInput> _zoneInputs = [];

    public DeviceProfile Profile { get; } = profile;

    public SlotLayout Layout { get; } = new();

    public IReadOnlyList<CompiledCell> Cells => _cells;

    public IReadOnlyList<ZoneInput> ZoneInputs => _zoneInputs;

    /// <summary>Words of memory that the cells take together.</summary>
    public int Words { get; private set; }

    public int SlotOf(MetricNode metric) => Layout.SlotFor(metrics.Declare(metric.Metric), metric.IsState);

    public int ZonePlaceOf(ZoneInput input)
    {
        if (!_zonePlaces.TryGetValue(input.Canonical, out var place))
        {
            place = _zoneInputs.Count;
            _zonePlaces.Add(input.Canonical, place);
            _zoneInputs.Add(input);
        }

        return place;
    }

    public int CellPlaceOf(CellSpec spec, long maxAgeMs)
    {
        var canonical = CanonicalOf(spec, maxAgeMs);
        if (!_cellPlaces.TryGetValue(canonical, out var place))
        {
            // Arguments first: a nested cell stands before the one that it feeds.
            var cell = Make(spec, maxAgeMs, canonical);
            place = _cells.Count;
            _cellPlaces.Add(canonical, place);
            _cells.Add(cell);
            Words += cell.Words;
        }

        return place;
    }

    private CompiledCell Make(CellSpec spec, long maxAgeMs, string canonical)
    {
        Instruction[][] arguments = [.. spec.Arguments.Select(argument => ExpressionCompiler.Code(argument, this, maxAgeMs))];
        var parts = spec.Arguments.SelectMany(argument => argument.All()).ToList();
        var metricNodes = parts.OfType<MetricNode>().ToList();
        var cell = spec.CreateFor is { } create ? create(Profile) : spec.Create();
        return new CompiledCell
        {
            Cell = cell,
            Offset = Words,
            Words = cell.Words,
            MaxAgeMs = cell.Lasts || metricNodes.All(metric => metric.IsState) ? long.MaxValue : maxAgeMs,
            Arguments = arguments,
            Slots = [.. metricNodes.Select(SlotOf).Distinct()],
            IsFedByTicks = IsFedByTicks(parts, metricNodes),
            Identity = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))),
        };
    }

    /// <summary>Fed by time when no sampled metric, but something that moves by itself, is among the arguments.</summary>
    private static bool IsFedByTicks(List<BoundNode> parts, List<MetricNode> metricNodes) =>
        metricNodes.All(metric => metric.IsState)
        && parts.Any(part => part is IZoneNode || (part is ICellNode { Spec: var nested } && nested.Create().IsTimed));

    /// <summary>Set-points and labels are part of what a cell's memory means, so they stand in its name with their values.</summary>
    private string CanonicalOf(CellSpec spec, long maxAgeMs) =>
        $"{ResolvedText.Of(spec.ToString(), spec.Arguments, Profile)} age {maxAgeMs}";
}
