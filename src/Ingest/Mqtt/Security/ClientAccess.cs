namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>The rights of one client. Follows the list in force; patterns are compiled once per list.</summary>
public sealed class ClientAccess(AccessControl control, string clientId, string? user)
{
    private volatile Compiled? _compiled;

    public string ClientId { get; } = clientId;

    public string? User { get; } = user;

    public bool MayPublish(string topic) => !control.Current.IsServers(topic) && Covers(Patterns().Publish, topic);

    /// <summary>True when the whole of <paramref name="filter"/> (without <c>$share/name/</c>) is granted.</summary>
    public bool MaySubscribe(ReadOnlySpan<char> filter) => Covers(Patterns().Subscribe, filter);

    public bool MayReceive(string topic) => Covers(Patterns().Subscribe, topic);

    private static bool Covers(AccessPattern[] patterns, ReadOnlySpan<char> filter)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Covers(filter)) return true;
        }
        return false;
    }

    private Compiled Patterns()
    {
        var compiled = _compiled;
        var version = control.Version;
        if (compiled is not null && compiled.Version == version) return compiled;
        compiled = new Compiled(version, Compile(TopicAccessKind.Publish), Compile(TopicAccessKind.Subscribe));
        _compiled = compiled;
        return compiled;
    }

    private AccessPattern[] Compile(TopicAccessKind kind) => control.Current.Rules
        .Where(rule => (rule.Kind & kind) != 0 && (rule.User is null || rule.User == User) && (rule.ClientId is null || rule.ClientId == ClientId))
        .Select(rule => AccessPattern.Compile(rule.Filter, ClientId, User))
        .OfType<AccessPattern>()
        .ToArray();

    private sealed record Compiled(int Version, AccessPattern[] Publish, AccessPattern[] Subscribe);
}
