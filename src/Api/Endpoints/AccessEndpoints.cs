using System.Text.Json;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Approval;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Audit;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/access-requests</c>: joint data, asked for by one authority and opened by a person of the other one.</summary>
internal sealed class AccessEndpoints(Viewing viewing)
{
    private readonly AccessBook _book = viewing.Book;
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    /// <summary>Newest first.</summary>
    public Task ListAsync(HttpContext context)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var found = _book.All.SkipWhile(request => page.After is not null && string.CompareOrdinal(KeyOf(request), page.After) >= 0);
        return Listing.WriteAsync(context, page, found, KeyOf, Write);
    }

    public Task ShowAsync(HttpContext context) => _book.Find(IdOf(context)) is { } request ? AnswerAsync(context, request) : NotFoundAsync(context);

    /// <summary><c>{"reason", "zone"?, "duration"?}</c></summary>
    public async Task AskAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var reason = body.Text("reason");
            var zone = body.Text("zone", isRequired: false);
            var duration = body.Duration("duration", Usual, AccessBook.MaxDuration);
            if (!await body.IsRightAsync(context))
            {
                return;
            }

            var caller = Caller.Of(context);
            var request = new AccessRequest
            {
                Id = "a-" + IdempotencyId.Of(context),
                AskedBy = caller.Author,
                Person = caller.Person,
                Needs = Roles.Joint & ~caller.Roles,
                Zone = zone,
                Reason = reason,
                AskedMs = _book.NowMs,
                DurationMs = (long)duration.TotalMilliseconds,
                UntilMs = _book.NowMs + (long)AccessBook.Patience.TotalMilliseconds,
            };
            if (request.Needs == Roles.None)
            {
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "you have both roles and need nobody's approval");
            }
            else if (_book.Ask(request) is not { } asked)
            {
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, $"at most {AccessBook.MaxOpenOfPerson} requests of one person, and {AccessBook.MaxRequests} in all, may wait");
            }
            else
            {
                await RecordAsync(context, asked, "joint-access-asked", "");
                await AnswerAsync(context, asked, StatusCodes.Status201Created);
            }
        }
    }

    public Task ApproveAsync(HttpContext context) => DecideAsync(context, AccessState.Approved);

    public Task RefuseAsync(HttpContext context) => DecideAsync(context, AccessState.Refused);

    /// <summary>Whoever asked takes it back, and either authority ends it.</summary>
    public async Task EndAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        AccessRequest End(AccessRequest request, long nowMs) => request with { State = AccessState.Ended, DecidedBy = caller.Author, UntilMs = nowMs };
        if ((_book.Decide(IdOf(context), AccessState.Approved, End) ?? _book.Decide(IdOf(context), AccessState.Asked, End)) is { } ended)
        {
            await RecordAsync(context, ended, "joint-access-ended", "");
            await AnswerAsync(context, ended);
            return;
        }

        await (_book.Find(IdOf(context)) is { } over ? AnswerAsync(context, over) : NotFoundAsync(context));
    }

    private async Task DecideAsync(HttpContext context, AccessState state)
    {
        var caller = Caller.Of(context);
        if (_book.Find(IdOf(context)) is not { } request)
        {
            await NotFoundAsync(context);
            return;
        }

        // One human being with two keys is one person; and it takes the very role that the asking one has not.
        if (caller.Person == request.Person || (caller.Roles & request.Needs) != request.Needs)
        {
            await RecordAsync(context, request, "joint-access-decision", "not a second person of the other authority");
            await Problem.WriteAsync(context, ProblemTypes.SamePerson, $"a person other than {request.AskedBy}, with the role {string.Join(" and ", RoleNames.Of(request.Needs))}, has to decide");
            return;
        }

        var decided = _book.Decide(request.Id, AccessState.Asked, (asked, nowMs) => asked with
        {
            State = state,
            DecidedBy = caller.Author,
            UntilMs = state == AccessState.Approved ? nowMs + asked.DurationMs : nowMs,
        });
        if (decided is null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, $"the request is {Word(_book.Find(request.Id)!.StateAt(_book.NowMs))} already");
            return;
        }

        await RecordAsync(context, decided, state == AccessState.Approved ? "joint-access-approved" : "joint-access-refused", "");
        await AnswerAsync(context, decided);
    }

    /// <summary>On the disk of the audit log before anybody is answered.</summary>
    private async Task RecordAsync(HttpContext context, AccessRequest request, string action, string whyNot)
    {
        if (viewing.Journal is { } log)
        {
            var caller = Caller.Of(context);
            log.Record(new AccessAttempt(
                caller.Author, string.Join(',', RoleNames.Of(caller.Roles)), action, $"access-requests/{request.Id}", IsJoint: true, whyNot.Length == 0, whyNot.Length == 0 ? $"{request.AskedBy}: {request.Reason}" : whyNot));
            await DurableRecord.AwaitAsync(log, context.RequestAborted);
        }
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static string KeyOf(AccessRequest request) => $"{request.AskedMs:D16} {request.Id}";

    private static Task NotFoundAsync(HttpContext context) =>
        Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no request of this id, or it was over so long ago that only the audit log has it");

    private Task AnswerAsync(HttpContext context, AccessRequest request, int status = StatusCodes.Status200OK) => Json.WriteAsync(context, status, json => Write(json, request));

    private void Write(Utf8JsonWriter json, AccessRequest request)
    {
        json.WriteStartObject();
        json.WriteString("id", request.Id);
        json.WriteString("state", Word(request.StateAt(_book.NowMs)));
        json.WriteString("asked_by", request.AskedBy);
        json.WriteStrings("needs", RoleNames.Of(request.Needs));
        json.WriteString("zone", request.Zone.Length > 0 ? request.Zone : null);
        json.WriteString("reason", request.Reason);
        json.WriteTime("asked", request.AskedMs);
        json.WriteString("duration", DurationText.Format(request.DurationMs));
        json.WriteString("decided_by", request.DecidedBy.Length > 0 ? request.DecidedBy : null);
        json.WriteTime("until", request.UntilMs);
        json.WriteEndObject();
    }

    private static string Word(AccessState state) => state switch
    {
        AccessState.Asked => "asked",
        AccessState.Approved => "approved",
        AccessState.Refused => "refused",
        AccessState.Ended => "ended",
        _ => "expired",
    };
}
