namespace Fengsui.Api.Security;

/// <summary>What became of the credentials of a request.</summary>
internal enum Credentials : byte
{
    /// <summary>There were none.</summary>
    Missing,

    Right,

    Wrong,

    /// <summary>They were right once.</summary>
    Expired,

    /// <summary>Whoever issued them cannot be asked for its keys at present.</summary>
    Unverifiable,
}
