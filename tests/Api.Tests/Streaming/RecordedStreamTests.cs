using System.Text;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Views;
using Fengsui.Api.Streaming;
using Fengsui.Api.Tests.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Api.Tests.Streaming;

/// <summary>Joint data in a stream leave after they are on record, or not at all.</summary>
public sealed class RecordedStreamTests
{
    private static readonly StreamEvent[] Missed =
    [
        new(1, "alert", """{"id":"a-1","labels":{}}"""u8.ToArray()),
        new(2, "alert", """{"id":"a-e2","note":"seal 7"}"""u8.ToArray()),
    ];

    [Fact]
    public async Task What_cannot_be_put_on_record_is_not_even_in_the_output()
    {
        var access = new ListedAccess { IsBroken = true };
        var output = await ReadAsync(access, isCut: true);
        Assert.DoesNotContain("seal 7", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-1", output, StringComparison.Ordinal);
        Assert.StartsWith("retry:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_on_record_is_shown()
    {
        var access = new ListedAccess();
        Assert.Contains("seal 7", await ReadAsync(access, isCut: false), StringComparison.Ordinal);
        Assert.Equal("alert-log/2", Assert.Single(access.All).Subject);
    }

    private static async Task<string> ReadAsync(ListedAccess access, bool isCut)
    {
        using var body = new MemoryStream();
        using var stopping = new CancellationTokenSource();
        var filter = new FieldFilter(FieldSets.Default);
        var context = new DefaultHttpContext { Response = { Body = body } };
        context.Request.QueryString = new QueryString("?last_event_id=0");
        CallerView.Set(context, new CallerView(new Caller("k", "k", Roles.Joint), filter, RoleViews.Of(Roles.Joint), static () => [], access));

        // The second look finds nothing more, and ends the stream.
        IReadOnlyList<StreamEvent> Replay(long after, int count)
        {
            if (after >= 2)
                stopping.Cancel();
            return [.. Missed.Where(item => item.Id > after)];
        }

        var stream = new EventStream(new StreamSection(), Replay, TimeProvider.System, NullLogger.Instance);
        var serving = StreamConnection.ServeAsync(context, stream, _ => true, stopping.Token, new EventViews(filter));
        await (isCut ? Assert.ThrowsAsync<UnrecordedAccessException>(() => serving) : serving);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
