namespace Fengsui.Rules.Alerts.Noise;

/// <summary>Sets by key that are made when something comes in, and gone when nothing is left.</summary>
internal static class KeyedSets
{
    public static SortedSet<T> Of<T>(Dictionary<string, SortedSet<T>> sets, string key)
    {
        if (!sets.TryGetValue(key, out var set))
        {
            sets.Add(key, set = []);
        }

        return set;
    }

    public static void Take<T>(Dictionary<string, SortedSet<T>> sets, string key, T item)
    {
        if (sets.TryGetValue(key, out var set) && set.Remove(item) && set.Count == 0)
        {
            sets.Remove(key);
        }
    }
}
