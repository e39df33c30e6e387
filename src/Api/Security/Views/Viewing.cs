using Fengsui.Api.Security.Approval;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Security.Views;

/// <summary>Works out for each request what its caller sees: by role, and by what was opened to them.</summary>
internal sealed class Viewing(FieldSets sets, AccessBook book)
{
    private readonly FieldFilter _filter = new(sets);

    public AccessBook Book { get; } = book;

    /// <summary>Where each access to joint data is put on record; null until the audit log is open, and nobody sees any until then.</summary>
    public IAccessJournal? Journal { get; set; }

    public EventViews Events { get; } = new(new FieldFilter(sets));

    public async Task UseAsync(HttpContext context, RequestDelegate next)
    {
        var caller = Caller.Of(context);
        CallerView.Set(context, new CallerView(caller, _filter, RoleViews.Of(caller.Roles), Book.GrantsOf(caller.Person), Journal));
        await next(context);
    }
}
