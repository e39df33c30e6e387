using System.Buffers;
using System.Text.Json;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Approval;
using Fengsui.Api.Security.Views;
using Fengsui.Api.Streaming;
using Fengsui.Api.Tests.Configuration;
using Fengsui.Api.Tests.Delivery;
using Fengsui.Api.Tests.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Fengsui.Api.Tests.Security;

public sealed class CallerViewTests
{
    private static readonly FieldFilter Filter = new(FieldSets.Default);

    private readonly ListedAccess _access = new();

    [Theory]
    [InlineData(Roles.Safety, false, """{"id":"a-e2","labels":{"owner":"x"},"withheld":["note","evidence","labels.customs_no"]}""")]
    [InlineData(Roles.Safety | Roles.Customs, true, """{"id":"a-e2","note":"seal 7","evidence":["photo"],"labels":{"customs_no":"9","owner":"x"}}""")]
    [InlineData(Roles.Customs, false, """{"id":"a-e2","labels":{"customs_no":"9","owner":"x"},"withheld":["note","evidence"]}""")]
    [InlineData(Roles.All & ~Roles.Customs, false, """{"id":"a-e2","labels":{"customs_no":"9","owner":"x"},"withheld":["note","evidence"]}""")]
    public async Task Joint_data_are_shown_to_those_with_both_roles_and_put_on_record(Roles roles, bool isRecorded, string expected)
    {
        var view = View(roles);
        Assert.Equal(expected, Write(view));
        await view.DiscloseAsync(new DefaultHttpContext());
        Assert.Equal(isRecorded ? ["alerts/a"] : [], _access.All.Select(access => access.Subject));
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_does_not_leave()
    {
        _access.IsBroken = true;
        var view = View(Roles.Joint);
        Write(view);
        await Assert.ThrowsAsync<UnrecordedAccessException>(() => view.DiscloseAsync(new DefaultHttpContext()));
        var unrecorded = new CallerView(new Caller("k", "k", Roles.All), Filter, RoleViews.Of(Roles.All), static () => [], null);
        Assert.DoesNotContain("seal 7", Write(unrecorded), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_the_stream_show_what_the_roles_see_whoever_asked_for_them_before()
    {
        var events = new EventViews(Filter);
        var item = new StreamEvent(3, "alert", """{"id":"a-1","values":{"co":35},"note":"n"}"""u8.ToArray());
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("""{"id":"a-1","withheld":["values","note"]}""", Text(View(Roles.Customs).See(events, item)));
            Assert.Equal("""{"id":"a-1","values":{"co":35},"withheld":["note"]}""", Text(View(Roles.Viewer).See(events, item)));
            Assert.Equal("""{"id":"a-1","values":{"co":35},"note":"n"}""", Text(View(Roles.Joint).See(events, item)));
        }

        Assert.Equal("""{"id":"b-1"}""", Text(View(Roles.Customs).See(events, new StreamEvent(3 + 256, "alert", """{"id":"b-1"}"""u8.ToArray()))));
    }

    [Fact]
    public async Task What_two_persons_opened_is_shown_by_a_stream_that_is_open_there_and_as_long_as_it_is()
    {
        using var fixture = new ConfigurationFixture("");
        var time = new SetTime();
        var book = new AccessBook(new AccessFile(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())), time);
        var grants = new LiveGrants(book, "wu");
        var view = new CallerView(new Caller("wu", "wu", Roles.Customs), Filter, RoleViews.Of(Roles.Customs), () => grants.Current, _access);
        var events = new EventViews(Filter);
        Assert.Contains("withheld", Text(view.See(events, In("tank-7", 1))), StringComparison.Ordinal);
        book.Ask(new AccessRequest { Id = "a", AskedBy = "wu", Person = "wu", Needs = Roles.Safety, Zone = "tank-7", Reason = "r", AskedMs = book.NowMs, DurationMs = 60_000, UntilMs = book.NowMs + 1_000 });
        book.Decide("a", AccessState.Asked, (asked, now) => asked with { State = AccessState.Approved, DecidedBy = "chen", UntilMs = now + 60_000 });
        Assert.Equal("""{"id":"a-e2","values":{"co":35},"note":"seal 7"}""", Text(view.See(events, In("tank-7", 2))));
        Assert.Contains("withheld", Text(view.See(events, In("tank-8", 3))), StringComparison.Ordinal);
        await view.DiscloseAsync(new DefaultHttpContext());
        Assert.Equal(("alert-log/2", true, "granted by chen as a"), (Assert.Single(_access.All).Subject, _access.All[0].IsJoint, _access.All[0].Reason));
        time.Pass(TimeSpan.FromMinutes(1));
        Assert.Contains("withheld", Text(view.See(events, In("tank-7", 4))), StringComparison.Ordinal);

        static StreamEvent In(string zone, long id) => new(id, "alert", """{"id":"a-e2","values":{"co":35},"note":"seal 7"}"""u8.ToArray()) { Entry = Notices.Transition() with { Zone = zone } };
    }

    [Fact]
    public void Fields_of_a_kind_are_configured_and_what_is_no_field_is_a_mistake()
    {
        using var fixture = new ConfigurationFixture("http: {fields: {joint: [alerts.reason], customs: [], safety: [alert.values, alerts]}}");
        Assert.Equal(2, fixture.Mistakes().Length);
        Assert.All(fixture.Mistakes(), mistake => Assert.Contains("is not a field (expected resource.field", mistake, StringComparison.Ordinal));
        using var right = new ConfigurationFixture("http: {fields: {joint: [alerts.reason], customs: []}}");
        var sets = new FieldSets(right.Load().Options.Http.Fields);
        Assert.Equal(DataClasses.Joint, sets.Of("alerts", "reason"));
        Assert.Equal(DataClasses.None, sets.Of("alerts", "note"));
        Assert.Equal(DataClasses.None, sets.Of("goods", "quantity_kg"));
        Assert.Equal(DataClasses.Safety, sets.Of("alerts", "values"));
    }

    [Fact]
    public void The_document_shows_the_fields_that_are_in_force_without_configuration()
    {
        var document = File.ReadAllText(Repository.File("docs/api.md")).Replace("'", "", StringComparison.Ordinal);
        foreach (var kind in (DataClasses[])[DataClasses.Safety, DataClasses.Personal, DataClasses.Customs, DataClasses.Joint])
        {
            Assert.Contains($"{kind.ToString().ToLowerInvariant()}: [{string.Join(", ", FieldSets.DefaultOf(kind))}]", document, StringComparison.Ordinal);
        }
    }

    private CallerView View(Roles roles) => new(new Caller("k", "k", roles), Filter, RoleViews.Of(roles), static () => [], _access);

    private static string Text(StreamEvent item) => System.Text.Encoding.UTF8.GetString(item.Data.Span);

    private static string Write(CallerView view)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            view.WriteObject(json, "alerts", "z", "a", whole => whole.WriteRaw());
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
