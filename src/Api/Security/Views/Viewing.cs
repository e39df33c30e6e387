using Fengsui.Api.Endpoints;
using Fengsui.Api.Security.Approval;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Security.Views;

/// <summary>Works out for each request what its caller sees: by role, and by what was opened to them.</summary>
internal sealed class Viewing(FieldSets sets, AccessBook book)
{
    /// <summary>Seconds; a disk that is full is not empty sooner.</summary>
    private const string RetryAfter = "10";

    private readonly FieldFilter _filter = new(sets);

    public AccessBook Book { get; } = book;

    /// <summary>Where each access to joint data is put on record; null until the audit log is open, and nobody sees any until then.</summary>
    public IAccessJournal? Journal { get; set; }

    public EventViews Events { get; } = new(new FieldFilter(sets));

    public async Task UseAsync(HttpContext context, RequestDelegate next)
    {
        var caller = Caller.Of(context);
        var grants = new LiveGrants(Book, caller.Person);
        CallerView.Set(context, new CallerView(caller, _filter, RoleViews.Of(caller.Roles), () => grants.Current, Journal));
        try
        {
            await next(context);
        }
        catch (UnrecordedAccessException) when (context.Response.HasStarted)
        {
            // A stream: what is not on record yet has not left.
            context.Abort();
        }
        catch (UnrecordedAccessException)
        {
            context.Response.Clear();
            context.Response.Headers.RetryAfter = RetryAfter;
            await Problem.WriteAsync(context, ProblemTypes.AccessNotRecorded, "the audit log cannot be written at present, and without a record nobody sees joint data; /readyz says why. What a command changed is changed: send it again under its Idempotency-Key");
        }
    }
}
