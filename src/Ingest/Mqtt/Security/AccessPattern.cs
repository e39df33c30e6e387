namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>
/// A rule's filter with the client's id and user put in. Substituted text is compared as text only: a '+' or '#' that came from a client id is no
/// wildcard, and a '/' in it matches no level.
/// </summary>
internal sealed class AccessPattern
{
    private const string AnyLevel = "+", AnyRest = "#";

    private readonly string[] _levels;
    private readonly bool[] _isWildcard;

    private AccessPattern(string[] levels, bool[] isWildcard) => (_levels, _isWildcard) = (levels, isWildcard);

    /// <summary>Null when the rule needs a user and there is none.</summary>
    public static AccessPattern? Compile(string filter, string clientId, string? user)
    {
        if (user is null && filter.Contains("%u", StringComparison.Ordinal)) return null;
        var levels = filter.Split('/');
        var wildcards = new bool[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            wildcards[i] = levels[i] is AnyLevel or AnyRest;
            levels[i] = Substitute(levels[i], clientId, user);
        }
        return new AccessPattern(levels, wildcards);
    }

    // One pass: text that was put in is not looked at again.
    private static string Substitute(string level, string clientId, string? user)
    {
        if (!level.Contains('%', StringComparison.Ordinal)) return level;
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < level.Length; i++)
        {
            var next = i + 1 < level.Length ? level[i + 1] : '\0';
            if (level[i] != '%' || next is not ('c' or 'u'))
            {
                result.Append(level[i]);
                continue;
            }
            result.Append(next == 'c' ? clientId : user);
            i++;
        }
        return result.ToString();
    }

    /// <summary>True when every topic that <paramref name="filter"/> (a topic, or a filter with wildcards) can match is granted by this pattern.</summary>
    public bool Covers(ReadOnlySpan<char> filter)
    {
        var index = 0;
        foreach (var range in filter.Split('/'))
        {
            var level = filter[range];
            if (index >= _levels.Length) return false;
            var wildcard = _isWildcard[index];
            if (wildcard && _levels[index] == AnyRest) return true;
            if (level is AnyRest) return false;
            if (level is AnyLevel ? !wildcard : !wildcard && !level.SequenceEqual(_levels[index])) return false;
            index++;
        }
        return index == _levels.Length || (index == _levels.Length - 1 && _isWildcard[index] && _levels[index] == AnyRest);
    }
}
