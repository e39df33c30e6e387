using Fengsui.Rules.Library.Segregation;

namespace Fengsui.Rules.Zones.Site;

/// <summary>The dangerous goods in one zone, by UN number.</summary>
public sealed class GoodsBook
{
    /// <summary>Substances that one zone remembers; a further one is not taken.</summary>
    public const int MaxEntries = 1_024;

    private readonly SortedList<string, GoodsEntry> _entries = new(StringComparer.Ordinal);
    private SegregationTable? _comparedWith;
    private int _forbiddenPairs;

    /// <summary>By UN number.</summary>
    public IReadOnlyCollection<GoodsEntry> Entries => [.. _entries.Values];

    /// <summary>Kilograms above their limits, of all substances together.</summary>
    public double OverKg
    {
        get
        {
            var over = 0.0;
            for (var i = 0; i < _entries.Count; i++)
            {
                over += _entries.GetValueAtIndex(i).OverKg;
            }

            return over;
        }
    }

    internal IEnumerable<SiteFact> Kept => _entries.Values.Select(entry =>
        new GoodsChanged("", GoodsOperation.Set, entry.UnNumber, entry.Class, entry.QuantityKg, entry.LimitKg));

    public bool HasRoom(string unNumber) => _entries.Count < MaxEntries || _entries.ContainsKey(unNumber);

    /// <summary>Kilograms of one substance.</summary>
    public double Quantity(string unNumber) => _entries.TryGetValue(unNumber, out var entry) ? entry.QuantityKg : 0;

    /// <summary>Kilograms of all substances of a class and its divisions: <c>5</c> counts 5.1 too.</summary>
    public double QuantityOfClass(string goodsClass)
    {
        var sum = 0.0;
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries.GetValueAtIndex(i);
            sum += IsOfClass(entry.Class, goodsClass) ? entry.QuantityKg : 0;
        }

        return sum;
    }

    /// <summary>
    /// Pairs of classes that are stored together although the table wants them apart by any distance. What the table leaves
    /// to a substance's schedule, or to the rules within class 1, is not counted; nor is what has no class.
    /// </summary>
    internal int ForbiddenPairs(SegregationTable table)
    {
        if (!ReferenceEquals(_comparedWith, table))
        {
            (_comparedWith, _forbiddenPairs) = (table, CountForbidden(table));
        }

        return _forbiddenPairs;
    }

    /// <summary>Whether a class or division, such as <c>5.1</c>, belongs to another: <c>5.1</c> or <c>5</c>.</summary>
    public static bool IsOfClass(string goodsClass, string wanted) =>
        goodsClass == wanted || (goodsClass.Length > wanted.Length && goodsClass[wanted.Length] == '.' && goodsClass.StartsWith(wanted, StringComparison.Ordinal));

    internal bool Change(GoodsChanged change)
    {
        _comparedWith = null;
        if (!HasRoom(change.UnNumber))
        {
            return false;
        }

        var known = _entries.GetValueOrDefault(change.UnNumber) ?? new GoodsEntry(change.UnNumber, "", 0, null);
        var quantity = change.Operation switch
        {
            GoodsOperation.Stored => known.QuantityKg + change.QuantityKg,
            GoodsOperation.Removed => Math.Max(0, known.QuantityKg - change.QuantityKg),
            _ => change.QuantityKg,
        };
        var entry = new GoodsEntry(change.UnNumber, change.Class.Length > 0 ? change.Class : known.Class, quantity, change.LimitKg ?? known.LimitKg);
        if (entry is { QuantityKg: 0, LimitKg: null })
        {
            _entries.Remove(entry.UnNumber);
        }
        else
        {
            _entries[entry.UnNumber] = entry;
        }

        return true;
    }

    private int CountForbidden(SegregationTable table)
    {
        string[] classes = [.. _entries.Values.Where(entry => entry is { QuantityKg: > 0, Class.Length: > 0 }).Select(entry => entry.Class).Distinct()];
        return classes.Index().Sum(first => classes[(first.Index + 1)..].Count(second => table.Find(first.Item, second)
            is >= SegregationRequirement.AwayFrom and <= SegregationRequirement.LongitudinalCompartment));
    }
}
