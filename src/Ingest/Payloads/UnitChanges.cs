using System.Text;
using Fengsui.Rules.Binding;

namespace Fengsui.Ingest.Payloads;

/// <summary>Units that senders use, and how their values are said in the unit that is wanted.</summary>
internal sealed class UnitChanges
{
    private readonly Dictionary<byte[], UnitConversion>.AlternateLookup<ReadOnlySpan<byte>> _changes;

    public UnitChanges(IEnumerable<KeyValuePair<string, UnitConversion>> changes) =>
        _changes = changes.ToDictionary(pair => Encoding.UTF8.GetBytes(pair.Key), pair => pair.Value, Utf8Names.Comparer).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The value in the wanted unit; as it is when no other is wanted.</summary>
    public double Apply(ReadOnlySpan<byte> unit, double value) =>
        !unit.IsEmpty && _changes.TryGetValue(unit, out var change) ? (value * change.Scale) + change.Offset : value;
}
