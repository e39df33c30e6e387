using BenchmarkDotNet.Attributes;
using Fengsui.Devices.Journal;

namespace Fengsui.Micro;

/// <summary>
/// The append side alone: one lock and one copy into a block buffer, as every connection does once a socket read. The
/// committer is not started, so no disk is in it. Gate: 0 B allocated.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class JournalBenchmarks
{
    private const int Appends = 8_000;

    private readonly byte[] _batch = new byte[4096];
    private string _directory = "";
    private Journal? _journal;

    [IterationSetup]
    public void Open()
    {
        _directory = Path.Combine(Path.GetTempPath(), "fengsui-bench-" + Guid.NewGuid().ToString("N"));
        _journal = Journal.Open(new() { Directory = _directory, BlockBuffers = 40 }, TimeProvider.System);
    }

    [IterationCleanup]
    public void Close()
    {
        _journal!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Appends)]
    public long Append_4_KiB_batch()
    {
        long position = 0;
        for (var i = 0; i < Appends; i++)
        {
            if (!_journal!.TryAppend(_batch, null, out position))
                throw new InvalidOperationException("The buffers are too small for the benchmark.");
        }

        return position;
    }
}
