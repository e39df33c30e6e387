using Fengsui.Devices.Journal;

namespace Fengsui.Support.Journal;

/// <summary>
/// A folder in memory that keeps apart what was written and what is durable, names included, so that a test can cut the
/// power after any operation, fill the disk, and fail or hold writes and syncs. Repeatable: chance comes from a seed.
/// </summary>
public sealed class SimulatedJournalStorage(int seed = 0) : IJournalStorage
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, SimulatedFile> _files = [];
    private readonly Dictionary<string, SimulatedFile> _durableFiles = [];
    private readonly TaskCompletionSource _down = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDown;
    private bool _isLocked;

    /// <summary>Bytes the disk holds in all files together.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>The power is cut in the middle of the mutating operation that brings this to 0; −1 for never.</summary>
    public int OperationsUntilPowerCut { get; set; } = -1;

    /// <summary>Mutating operations so far.</summary>
    public int Operations { get; private set; }

    /// <summary>Syncs of data that will fail.</summary>
    public int FailingSyncs { get; set; }

    /// <summary>Writes that will fail after any part of them.</summary>
    public int FailingWrites { get; set; }

    /// <summary>Called, without a lock held, before a sync of data: a test may block in it.</summary>
    public Action? BeforeSync { get; set; }

    public int Syncs { get; private set; }

    public bool IsDown => _isDown;

    /// <summary>Completes when the power is cut.</summary>
    public Task Down => _down.Task;

    public IReadOnlyList<string> Names => Do(() => _files.Keys.Order(StringComparer.Ordinal).ToList());

    public long FreeBytes => Do(() => CapacityBytes - _files.Values.Sum(file => (long)file.Length));

    internal Lock Gate { get; } = new();

    public IDisposable Lock()
    {
        lock (Gate)
        {
            if (_isLocked)
                throw new JournalLockedException("The simulated folder is locked.");
            _isLocked = true;
            return new Unlock(() => _isLocked = false);
        }
    }

    public IReadOnlyList<string> List(string folder = "")
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        return Do(() => _files.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !name[prefix.Length..].Contains('/'))
            .Select(name => name[prefix.Length..]).ToList());
    }

    public IJournalFile Create(string name, long reserveBytes)
    {
        Mutate(() =>
        {
            if (_files.ContainsKey(name))
                throw new IOException($"{name} exists.");
            if (FreeBytes < reserveBytes)
                throw new IOException("No space left on the simulated disk.");
            var file = new SimulatedFile();
            file.SetLength((int)reserveBytes);
            _files.Add(name, file);
        });
        return Open(name, writable: true);
    }

    public IJournalFile Open(string name, bool writable) =>
        Do(() => _files.TryGetValue(name, out var file) ? new SimulatedJournalFile(this, file) : throw new FileNotFoundException(name));

    public void Delete(string name) => Mutate(() => _files.Remove(name));

    public void Move(string name, string newName) => Mutate(() =>
    {
        _files.Remove(name, out var file);
        _files.Add(newName, file ?? throw new FileNotFoundException(name));
    });

    public void SyncFolder() => Mutate(() =>
    {
        _durableFiles.Clear();
        foreach (var (name, file) in _files)
            _durableFiles.Add(name, file);
    });

    /// <summary>What the next start finds after a power cut now: of everything not synced, names included, any part may be there.</summary>
    public SimulatedJournalStorage AfterPowerCut()
    {
        lock (Gate)
        {
            var next = new SimulatedJournalStorage(_random.Next());
            foreach (var name in _files.Keys.Union(_durableFiles.Keys).Order(StringComparer.Ordinal))
            {
                var now = _files.GetValueOrDefault(name);
                var durable = _durableFiles.GetValueOrDefault(name);
                var survivor = now == durable || _random.Next(2) == 0 ? now : durable;
                if (survivor is not null)
                    next.Put(name, survivor.AfterPowerCut(_random));
            }

            return next;
        }
    }

    /// <summary>What the next start finds after a kill of the process now: everything written, synced or not. This instance is dead from here on.</summary>
    public SimulatedJournalStorage AfterKill()
    {
        lock (Gate)
        {
            _isDown = true;
            var next = new SimulatedJournalStorage(_random.Next());
            foreach (var (name, file) in _files)
                next._files.Add(name, file);
            foreach (var (name, file) in _durableFiles)
                next._durableFiles.Add(name, file);
            return next;
        }
    }

    public byte[] ReadAllBytes(string name) => Do(() => _files[name].ToArray());

    /// <summary>Puts a file there as if it had always been.</summary>
    public void WriteAllBytes(string name, ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
            Put(name, SimulatedFile.Of(bytes, bytes.Length));
    }

    internal T Do<T>(Func<T> action)
    {
        lock (Gate)
        {
            ThrowIfDown();
            return action();
        }
    }

    internal void Mutate(Action action)
    {
        lock (Gate)
        {
            CountDown();
            ThrowIfDown();
            action();
        }
    }

    /// <summary>How many bytes of a write get through, and what it then throws.</summary>
    internal int BeforeWrite(SimulatedFile file, long offset, int count, out IOException? failure)
    {
        ThrowIfDown();
        failure = null;
        CountDown();
        var growth = Math.Max(0, offset + count - file.Length);
        if (_isDown)
            failure = PowerIsCut();
        else if (growth > FreeBytes)
            failure = new("No space left on the simulated disk.");
        else if (FailingWrites > 0)
        {
            FailingWrites--;
            failure = new("The simulated disk failed a write.");
        }

        return failure is null ? count : (int)Math.Min(_random.Next(count + 1), count - growth + Math.Min(growth, FreeOrAll(growth)));
    }

    internal void Sync(SimulatedFile file)
    {
        BeforeSync?.Invoke();
        lock (Gate)
        {
            ThrowIfDown();
            CountDown();
            ThrowIfDown();
            Syncs++;
            if (FailingSyncs > 0)
            {
                FailingSyncs--;
                file.FailSync();
                throw new IOException("The simulated disk failed a sync.");
            }

            file.Sync();
        }
    }

    internal void ThrowIfDown()
    {
        if (_isDown)
            throw PowerIsCut();
    }

    private static IOException PowerIsCut() => new("The power is cut.");

    private long FreeOrAll(long growth) => _isDown ? growth : Math.Max(0, FreeBytes);

    private void CountDown()
    {
        Operations++;
        if (OperationsUntilPowerCut > 0 && --OperationsUntilPowerCut == 0)
        {
            _isDown = true;
            _down.TrySetResult();
        }
    }

    private void Put(string name, SimulatedFile file)
    {
        _files[name] = file;
        _durableFiles[name] = file;
    }

    private sealed class Unlock(Action unlock) : IDisposable
    {
        public void Dispose() => unlock();
    }
}
