using Fengsui.Api.Security.Idempotency;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Api.Tests.Security.Idempotency;

/// <summary>What is kept of answers to keyed commands, for how long, and what a crash leaves of it.</summary>
public sealed class IdempotencyStoreTests : IDisposable
{
    private static readonly byte[] Request = [1, 2, 3];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("fengsui-answers-").FullName, AnswerFile.Name);
    private readonly SetTime _time = new();

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Answers_survive_a_restart_for_a_day_and_a_line_that_is_cut_short_costs_itself()
    {
        var first = Open();
        Answer(first, "a", 200);
        Answer(first, "b", 409);
        File.AppendAllText(_path, "\n{\"key\":\"c\",\"finger");
        var again = Open();
        Assert.Equal(IdempotencyVerdict.Repeat, again.Begin("a", Request, out var answer));
        Assert.Equal((200, "\"7\"", "body"), (answer!.Status, answer.ETag, System.Text.Encoding.UTF8.GetString(answer.Body)));
        Assert.Equal(IdempotencyVerdict.Reused, again.Begin("b", [9], out _));
        Answer(again, "d", 200);
        Assert.Equal(IdempotencyVerdict.Repeat, Open().Begin("d", Request, out _));
        _time.Pass(TimeSpan.FromHours(25));
        Assert.Equal(IdempotencyVerdict.First, Open().Begin("a", Request, out _));
    }

    [Fact]
    public void What_was_never_answered_is_new_after_a_restart()
    {
        Assert.Equal(IdempotencyVerdict.First, Open().Begin("a", Request, out _));
        Assert.Equal(IdempotencyVerdict.First, Open().Begin("a", Request, out _));
    }

    [Fact]
    public void The_oldest_goes_first_in_memory_and_on_the_disk()
    {
        var store = Open();
        const int size = 200 << 10;
        for (var i = 0; i < (IdempotencyStore.MaxBytes / size) + 3; i++)
        {
            Answer(store, $"k{i}", 200, size);
        }

        foreach (var seen in (IdempotencyStore[])[store, Open()])
        {
            Assert.Equal(IdempotencyVerdict.First, seen.Begin("k0", Request, out _));
            Assert.Equal(IdempotencyVerdict.Repeat, seen.Begin("k80", Request, out _));
        }
    }

    [Fact]
    public void Where_the_file_cannot_be_written_memory_still_knows()
    {
        Directory.CreateDirectory(_path);
        var store = Open();
        Answer(store, "a", 200);
        Assert.Equal(IdempotencyVerdict.Repeat, store.Begin("a", Request, out _));
    }

    private static void Answer(IdempotencyStore store, string key, int status, int size = 0)
    {
        Assert.Equal(IdempotencyVerdict.First, store.Begin(key, Request, out _));
        store.End(key, new StoredAnswer(status, "application/json", "\"7\"", size == 0 ? "body"u8.ToArray() : new byte[size]));
    }

    private IdempotencyStore Open() => new(_time, new AnswerFile(_path), NullLogger.Instance);
}
