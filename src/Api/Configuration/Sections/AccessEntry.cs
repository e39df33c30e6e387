namespace Fengsui.Api.Configuration.Sections;

/// <summary>
/// One entry of the access list: who, and the topic filters they may publish and subscribe to. What no entry grants is
/// denied, so an empty list denies. <c>%c</c> and <c>%u</c> in a filter stand for the client's id and its user name.
/// </summary>
public sealed class AccessEntry(
    IReadOnlyList<string> users, IReadOnlyList<string> publish, IReadOnlyList<string> subscribe)
{
    /// <summary>Everybody, clients without a name too. Any other entry means users that are configured.</summary>
    public const string Everybody = "*";

    public static AccessEntry Everything { get; } = new([Everybody], ["#"], ["#"]);

    /// <summary><see cref="Everybody"/>, user names, or glob patterns over user names (<c>gateway-*</c>).</summary>
    public IReadOnlyList<string> Users { get; } = users;

    public IReadOnlyList<string> Publish { get; } = publish;

    public IReadOnlyList<string> Subscribe { get; } = subscribe;
}
