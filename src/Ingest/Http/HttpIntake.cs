using System.Collections.Concurrent;
using System.Text;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Http;

/// <summary>Where requests bring readings in: a bounded number at a time, each with a writer of its own.</summary>
public sealed class HttpIntake : IDisposable
{
    /// <summary>Requests at a time. 32: the journal commits them together, and each may hold a body of 8 MiB.</summary>
    public const int MaxRequests = 32;

    private const string Protocol = "http";
    private const string Source = "writes";

    private readonly SourceContext _context;
    private readonly SourceConnection _report;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<HttpWriter> _idle = [];
    private readonly ConcurrentBag<SampleIntake> _intakes = [];
    private readonly IDisposable _offered;
    private int _busy;

    public HttpIntake(SourceContext context)
    {
        _context = context;
        _report = context.Book.Add(Protocol, Source, "any");
        _report.Enter(SourceState.Connected);
        _offered = context.SecondTries.Offer(Protocol, Source, new HttpSecondTaker(context));
    }

    /// <summary>Whether the configuration says which form messages of this topic have.</summary>
    public bool Takes(string topic) => _context.Payloads.Find(Encoding.UTF8.GetBytes(topic)) is not null;

    /// <summary>A writer for one request; null when there are as many requests as may be.</summary>
    public HttpWriter? TryBegin()
    {
        if (Interlocked.Increment(ref _busy) > MaxRequests)
        {
            Interlocked.Decrement(ref _busy);
            return null;
        }

        var writer = _idle.TryTake(out var idle) ? idle : Open();
        writer.Begin(_context.HttpWrites.Options);
        return writer;
    }

    /// <summary>Gives a writer back once its work has ended, however that ended.</summary>
    /// <param name="writer">Of <see cref="TryBegin"/>.</param>
    /// <param name="work">Its last task.</param>
    public void End(HttpWriter writer, Task work)
    {
        if (work.IsCompleted)
        {
            Release(writer, work);
            return;
        }

        _ = work.ContinueWith((ended, _) => Release(writer, ended), null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void Dispose()
    {
        _offered.Dispose();
        _stopping.Cancel();
        foreach (var intake in _intakes)
        {
            intake.Dispose();
        }

        _stopping.Dispose();
    }

    private HttpWriter Open()
    {
        var intake = _context.OpenIntake(Protocol, Source, _stopping.Token);
        _intakes.Add(intake);
        return new HttpWriter(intake, _report, _context.MaxNameBytes, _context.Payloads);
    }

    /// <summary>A writer whose work failed may have something staged that nobody was told of: it is not used again.</summary>
    private void Release(HttpWriter writer, Task work)
    {
        writer.End();
        if (work.IsCompletedSuccessfully)
        {
            _idle.Add(writer);
        }

        Interlocked.Decrement(ref _busy);
    }
}
