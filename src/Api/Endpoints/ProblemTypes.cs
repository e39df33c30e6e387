namespace Fengsui.Api.Endpoints;

/// <summary>Every <c>type</c> that an <c>application/problem+json</c> answer can have.</summary>
public static class ProblemTypes
{
    public static readonly ProblemType BadRequest = new("bad-request", StatusCodes.Status400BadRequest, "The request is not valid");
    public static readonly ProblemType CredentialsMissing = new("credentials-missing", StatusCodes.Status401Unauthorized, "Credentials are missing");
    public static readonly ProblemType CredentialsWrong = new("credentials-wrong", StatusCodes.Status401Unauthorized, "The credentials are wrong");
    public static readonly ProblemType CredentialsExpired = new("credentials-expired", StatusCodes.Status401Unauthorized, "The credentials have expired");
    public static readonly ProblemType PermissionMissing = new("permission-missing", StatusCodes.Status403Forbidden, "The caller may not do this");
    public static readonly ProblemType ViewMissing = new("view-missing", StatusCodes.Status403Forbidden, "The caller may not see this");
    public static readonly ProblemType SamePerson = new("same-person", StatusCodes.Status403Forbidden, "A second person has to decide");
    public static readonly ProblemType NotFound = new("not-found", StatusCodes.Status404NotFound, "There is no such thing");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "This path does not take this method");
    public static readonly ProblemType Conflict = new("conflict", StatusCodes.Status409Conflict, "The state of things does not let it");
    public static readonly ProblemType CannotRedrive = new("cannot-redrive", StatusCodes.Status409Conflict, "Input of this kind cannot be tried again");
    public static readonly ProblemType IdempotencyKeyReused = new("idempotency-key-reused", StatusCodes.Status409Conflict, "The idempotency key belongs to another request");
    public static readonly ProblemType IdempotencyInProgress = new("idempotency-in-progress", StatusCodes.Status409Conflict, "The same request is being worked on");
    public static readonly ProblemType Gone = new("gone", StatusCodes.Status410Gone, "It is no longer kept");
    public static readonly ProblemType VersionConflict = new("version-conflict", StatusCodes.Status412PreconditionFailed, "It has changed since you looked");
    public static readonly ProblemType TooLarge = new("too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body is of another kind than expected");
    public static readonly ProblemType Misdirected = new("misdirected", StatusCodes.Status421MisdirectedRequest, "This server does not answer to that name");
    public static readonly ProblemType NotAccepted = new("not-accepted", StatusCodes.Status422UnprocessableEntity, "What was sent has mistakes");
    public static readonly ProblemType VersionMissing = new("version-missing", StatusCodes.Status428PreconditionRequired, "Say which version you act on");
    public static readonly ProblemType TooManyRequests = new("too-many-requests", StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly ProblemType Internal = new("internal", StatusCodes.Status500InternalServerError, "The server failed");
    public static readonly ProblemType Unavailable = new("unavailable", StatusCodes.Status503ServiceUnavailable, "Not available at present");

    public static readonly ProblemType AccessNotRecorded = new("access-not-recorded", StatusCodes.Status503ServiceUnavailable, "The access cannot be put on record");

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        BadRequest, CredentialsMissing, CredentialsWrong, CredentialsExpired, PermissionMissing, ViewMissing, SamePerson, NotFound, MethodNotAllowed,
        Conflict, CannotRedrive, IdempotencyKeyReused, IdempotencyInProgress, Gone, VersionConflict, TooLarge, UnsupportedMediaType, Misdirected, NotAccepted,
        VersionMissing, TooManyRequests, Internal, Unavailable, AccessNotRecorded,
    ];

    /// <summary>The general type of a status.</summary>
    public static ProblemType Of(int status) => All.FirstOrDefault(type => type.Status == status) ?? new ProblemType($"status-{status}", status, "The request cannot be served");
}
