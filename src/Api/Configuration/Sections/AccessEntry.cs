namespace Fengsui.Api.Configuration.Sections;

/// <summary>
/// One entry of the access list: who, and the topic filters they may publish and subscribe to. What no entry grants is
/// denied, so an empty list denies. <c>{client}</c> and <c>{user}</c> in a filter stand for the connection's own.
/// </summary>
public sealed class AccessEntry(
    IReadOnlyList<string> users, IReadOnlyList<string> publish, IReadOnlyList<string> subscribe)
{
    /// <summary>Matches clients that gave no name.</summary>
    public const string AnonymousUser = "anonymous";

    public static AccessEntry Everything { get; } = new(["*"], ["#"], ["#"]);

    /// <summary>User names or glob patterns (<c>gateway-*</c>); <see cref="AnonymousUser"/> for clients without a name.</summary>
    public IReadOnlyList<string> Users { get; } = users;

    public IReadOnlyList<string> Publish { get; } = publish;

    public IReadOnlyList<string> Subscribe { get; } = subscribe;
}
