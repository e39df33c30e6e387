namespace Fengsui.Api.Security;

/// <summary>Who a request is from, as far as its credentials tell.</summary>
/// <param name="Caller"><see cref="Security.Caller.Nobody"/> unless the credentials are right.</param>
/// <param name="Why">What is wrong with them, for the log; never a secret.</param>
internal readonly record struct Identity(Credentials Credentials, Caller Caller, string Why)
{
    public static Identity Missing { get; } = new(Credentials.Missing, Caller.Nobody, "no credentials");

    public static Identity Of(Caller caller) => new(Credentials.Right, caller, "");

    public static Identity Wrong(string why) => new(Credentials.Wrong, Caller.Nobody, why);

    public static Identity Expired(string why) => new(Credentials.Expired, Caller.Nobody, why);

    public static Identity Unverifiable(string why) => new(Credentials.Unverifiable, Caller.Nobody, why);
}
