using Fengsui.Api.Security;
using Fengsui.Api.Security.Approval;

namespace Fengsui.Api.Tests.Security;

public sealed class AccessBookTests : IDisposable
{
    private readonly SetTime _time = new();
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void An_approval_survives_a_restart_and_ends_when_its_time_is_over()
    {
        var book = Open();
        book.Ask(Request(book, "a", "li"));
        Assert.Empty(book.GrantsOf("li"));
        book.Decide("a", AccessState.Asked, (request, now) => request with { State = AccessState.Approved, DecidedBy = "wang", UntilMs = now + request.DurationMs });
        var again = Open();
        Assert.Equal(("a", "wang"), (again.GrantsOf("li").Single().Id, again.GrantsOf("li").Single().ApprovedBy));
        Assert.Empty(again.GrantsOf("wang"));
        _time.Pass(TimeSpan.FromMinutes(10));
        Assert.Empty(again.GrantsOf("li"));
        Assert.Equal(AccessState.Expired, again.Find("a")!.StateAt(again.NowMs));
        Assert.Null(again.Decide("a", AccessState.Approved, (request, _) => request));
    }

    [Fact]
    public void Requests_are_bounded_and_those_that_are_over_make_room()
    {
        var book = Open();
        for (var i = 0; i < AccessBook.MaxOpenOfPerson; i++)
        {
            Assert.NotNull(book.Ask(Request(book, $"a{i}", "li")));
        }

        Assert.Null(book.Ask(Request(book, "more", "li")));
        Assert.Equal("a3", book.Ask(Request(book, "a3", "li"))!.Id);
        for (var i = AccessBook.MaxOpenOfPerson; i < AccessBook.MaxRequests; i++)
        {
            Assert.NotNull(book.Ask(Request(book, $"b{i}", $"p{i}")));
        }

        Assert.Null(book.Ask(Request(book, "last", "wang")));
        _time.Pass(AccessBook.Patience);
        Assert.NotNull(book.Ask(Request(book, "last", "wang")));
        Assert.Equal(AccessBook.MaxRequests, book.All.Count);
        Assert.Null(book.Find("a0"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_opens_nothing_and_is_set_aside()
    {
        File.WriteAllText(_path, "[{");
        Assert.Empty(Open().All);
        Assert.True(File.Exists(_path + ".corrupt"));
        File.Delete(_path + ".corrupt");
    }

    private AccessBook Open() => new(new AccessFile(_path), _time);

    private static AccessRequest Request(AccessBook book, string id, string person) => new()
    {
        Id = id,
        AskedBy = person,
        Person = person,
        Needs = Roles.Safety,
        Zone = "",
        Reason = "r",
        AskedMs = book.NowMs,
        DurationMs = 600_000,
        UntilMs = book.NowMs + (long)AccessBook.Patience.TotalMilliseconds,
    };
}
