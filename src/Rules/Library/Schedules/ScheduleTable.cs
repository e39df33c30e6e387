namespace Fengsui.Rules.Library.Schedules;

/// <summary>The schedules of a rule set by name.</summary>
internal sealed class ScheduleTable(IReadOnlyDictionary<string, Schedule> schedules)
{
    public static ScheduleTable Empty { get; } = new(new Dictionary<string, Schedule>());

    public IEnumerable<string> Names => schedules.Keys.Order(StringComparer.Ordinal);

    public Schedule? Find(string name) => schedules.GetValueOrDefault(name);
}
