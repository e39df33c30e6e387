using System.Text;

namespace Fengsui.Fleet.Payloads;

/// <summary>Names (as bytes, in one block) and point templates of all devices; equal metric sets share a template.</summary>
internal sealed class DeviceRoster
{
    private const int DigitsAtLeast = 5;

    private readonly byte[] _names;
    private readonly int[] _nameEnds;
    private readonly PointTemplate[] _templates;

    public DeviceRoster(FleetOptions options)
    {
        var timed = options.Form != PayloadForm.Flat;
        var shared = new Dictionary<string, PointTemplate>(StringComparer.Ordinal);
        var names = new MemoryStream();
        Count = options.DeviceCount;
        _nameEnds = new int[Count];
        _templates = new PointTemplate[Count];
        string[] common = [.. MetricModel.Vocabulary.Take(options.ValuesPerPoint).Select(model => model.Name)];
        var digits = Math.Max(DigitsAtLeast, (Count - 1).ToString().Length);
        for (var device = 0; device < Count; device++)
        {
            var named = options.Roster.Count > 0 ? options.Roster[device] : null;
            var metrics = named?.Metrics ?? common;
            var key = named is null ? "" : string.Join(',', metrics);
            if (!shared.TryGetValue(key, out var template))
            {
                shared[key] = template = new PointTemplate(metrics, timed, options.SpacedJson);
            }

            names.Write(Encoding.UTF8.GetBytes(named?.Name ?? options.DevicePrefix + device.ToString("D" + digits)));
            _nameEnds[device] = (int)names.Length;
            _templates[device] = template;
        }

        _names = names.ToArray();
        LongestName = Enumerable.Range(0, Count).Max(device => Name(device).Length);
        LongestPoint = _templates.Max(template => template.Length);
        MostValues = _templates.Max(template => template.ValueCount);
    }

    public int Count { get; }

    public int LongestName { get; }

    public int LongestPoint { get; }

    public int MostValues { get; }

    public ReadOnlySpan<byte> Name(int device)
    {
        var start = device == 0 ? 0 : _nameEnds[device - 1];
        return _names.AsSpan(start, _nameEnds[device] - start);
    }

    public PointTemplate Template(int device) => _templates[device];
}
