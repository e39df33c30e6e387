namespace Fengsui.Api.Security.Approval;

/// <summary>Somebody of one authority asks to see joint data; somebody of the other one decides. Times are ms since 1970 UTC.</summary>
internal sealed record AccessRequest
{
    public required string Id { get; init; }

    /// <summary>Who asks, as the record names them, and which human being that is.</summary>
    public required string AskedBy { get; init; }

    public required string Person { get; init; }

    /// <summary>Whose approval it takes: the roles that the asking person has not.</summary>
    public required Roles Needs { get; init; }

    /// <summary>Where; empty for everywhere.</summary>
    public required string Zone { get; init; }

    public required string Reason { get; init; }

    public required long AskedMs { get; init; }

    /// <summary>How long the access lasts from the approval on.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Who approved, refused or ended it; empty before.</summary>
    public string DecidedBy { get; init; } = "";

    public string Note { get; init; } = "";

    /// <summary>When the request, or the access that it gave, is over.</summary>
    public required long UntilMs { get; init; }

    /// <summary>As it was decided; see <see cref="StateAt"/> for what time made of it.</summary>
    public AccessState State { get; init; } = AccessState.Asked;

    public AccessState StateAt(long nowMs) =>
        State is AccessState.Asked or AccessState.Approved && nowMs >= UntilMs ? AccessState.Expired : State;
}
