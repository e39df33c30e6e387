using System.Text;
using System.Text.Json;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// What a receiver did not take, in <c>NAME.failed.jsonl</c>: a line for each entry set aside, and one for each that was taken after
/// all. Read whole at the start and written anew then. Any thread.
/// </summary>
internal sealed class FailedDeliveries
{
    /// <summary>Bound on entries listed; at it the oldest is forgotten, and counted. The alert log still has it.</summary>
    public const int MaxListed = 10_000;

    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, FailedDelivery> _listed = [];
    private int _lines;

    public FailedDeliveries(string directory, string receiver, Action<string> told)
    {
        _path = Path.Combine(directory, receiver + ".failed.jsonl");
        if (File.Exists(_path))
        {
            Load(told);
            Rewrite();
        }
    }

    public long Forgotten { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _listed.Count;
            }
        }
    }

    /// <summary>Those after a number, in order.</summary>
    public IReadOnlyList<FailedDelivery> List(long after, int count)
    {
        lock (_gate)
        {
            return [.. _listed.Values.Where(failed => failed.Number > after).Take(count)];
        }
    }

    /// <summary>Durable on return.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Add(FailedDelivery failed)
    {
        lock (_gate)
        {
            _listed[failed.Number] = failed;
            if (_listed.Count > MaxListed)
            {
                _listed.Remove(_listed.First().Key);
                Forgotten++;
            }

            Append(JsonSerializer.Serialize(failed));
        }
    }

    /// <summary>It was taken after all.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Remove(long number)
    {
        lock (_gate)
        {
            if (_listed.Remove(number))
            {
                Append(JsonSerializer.Serialize(new FailedDelivery(number, "", "", "", 0, 0)));
            }
        }
    }

    private void Append(string line)
    {
        if (++_lines > 2 * MaxListed)
        {
            Rewrite();
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    private void Load(Action<string> told)
    {
        foreach (var line in File.ReadLines(_path))
        {
            try
            {
                var read = JsonSerializer.Deserialize<FailedDelivery>(line)!;
                _ = read.Id.Length > 0 ? _listed[read.Number] = read : _listed.Remove(read.Number, out _) ? read : null;
            }
            catch (JsonException)
            {
                told($"{_path}: a line is damaged, as after a crash, and was passed over");
            }
        }
    }

    private void Rewrite()
    {
        var aside = _path + ".next";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            foreach (var failed in _listed.Values)
            {
                file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(failed) + "\n"));
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(aside, _path, overwrite: true);
        _lines = _listed.Count;
    }
}
