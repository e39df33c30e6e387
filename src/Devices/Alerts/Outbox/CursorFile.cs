using System.Globalization;
using System.Text;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// A receiver's <c>NAME.cursor</c>: the number, and in a second line those to be told again. Replaced whole after an fsync, so that a
/// crash leaves the old place or the new one; the old one costs repeats.
/// </summary>
internal sealed class CursorFile(string directory, string receiver)
{
    private const string Extension = ".cursor";

    private readonly string _path = Path.Combine(directory, receiver + Extension);
    private long _savedCursor = -1;
    private long _savedVersion = -1;

    /// <summary>Where the receiver would go on after a crash; −1 before the first save.</summary>
    public long SavedCursor => _savedCursor;

    /// <summary>Null when there is none: the receiver is new. A file that does not say where the receiver is counts as the beginning, so that nothing is lost.</summary>
    public OutboxPlace? Load(Action<string> told)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        var lines = File.ReadAllLines(_path);
        if (lines.Length is 1 or 2 && TryNumber(lines[0], out var cursor))
        {
            var again = new List<long>();
            var words = lines.Length == 2 ? lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            if (words.All(word => TryNumber(word, out var number) && Keep(again, number)))
            {
                return new OutboxPlace(cursor, again);
            }
        }

        told($"{_path} is damaged: {receiver} is told everything again, from the beginning of the alert log");
        return new OutboxPlace(0, []);
    }

    /// <param name="version">Changes whenever <see cref="OutboxPlace.Again"/> does; the same place is not written twice.</param>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Save(OutboxPlace place, long version)
    {
        if (place.Cursor == _savedCursor && version == _savedVersion)
        {
            return;
        }

        Directory.CreateDirectory(directory);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{place.Cursor}\n");
        if (place.Again.Count > 0)
        {
            text.AppendJoin(' ', place.Again).Append('\n');
        }

        var aside = _path + ".next";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes(text.ToString()));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, _path, overwrite: true);
        (_savedCursor, _savedVersion) = (place.Cursor, version);
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool Keep(List<long> numbers, long number)
    {
        numbers.Add(number);
        return true;
    }
}
