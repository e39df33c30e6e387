namespace Fengsui.Rules.Library.SetPoints;

/// <summary>The set-point tables of a rule set by name.</summary>
internal sealed class SetPointTables(IReadOnlyDictionary<string, SetPointTable> byName)
{
    public static SetPointTables Empty { get; } = new(new Dictionary<string, SetPointTable>());

    public IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<SetPointTable> All => Names.Select(name => byName[name]);

    /// <summary>What a name could have been, for messages.</summary>
    public string Expected => byName.Count == 0 ? "a table under 'setpoints'" : "one of " + string.Join(", ", Names);

    public SetPointTable? Find(string name) => byName.GetValueOrDefault(name);
}
