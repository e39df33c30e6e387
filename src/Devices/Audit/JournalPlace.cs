using System.Globalization;

namespace Fengsui.Devices.Audit;

/// <summary>
/// From where on the journal is read at the next start, in <c>audit/journal.place</c>. Only a shortcut: what is on record is known by the
/// positions in the records, and <c>fengsui audit verify</c> compares those with the journal.
/// </summary>
internal sealed class JournalPlace
{
    private const string FileName = "journal.place";

    private readonly string _path;
    private long _position;

    private JournalPlace(string path, long position) => (_path, _position) = (path, position);

    /// <summary>Any thread.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <param name="known">Position of the newest command on record: the place, when there is no file.</param>
    public static JournalPlace Load(string directory, long known)
    {
        var path = Path.Combine(directory, FileName);
        var isThere = File.Exists(path)
            && long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new JournalPlace(path, isThere ? long.Parse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture) : Math.Max(known, 0));
    }

    /// <summary>What a crash undoes costs a longer way at the next start, so the file is not synced.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(long position)
    {
        var aside = _path + ".tmp";
        File.WriteAllText(aside, position.ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(aside, _path, overwrite: true);
        Volatile.Write(ref _position, position);
    }
}
