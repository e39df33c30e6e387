namespace Fengsui.Scenarios.Model;

/// <summary>What one seed has drawn, by name: a number, or a word.</summary>
public sealed class DrawnValues
{
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no draw of this name, or it is a word; the reader of the file has refused such a file.</exception>
    public double Number(string name) => _numbers[name];

    /// <summary>The word that was drawn under this name, or else the name itself: <c>of: hot</c> and <c>of: th-1</c> both name a device.</summary>
    public string Word(string name) => _words.GetValueOrDefault(name, name);

    /// <summary>What was drawn, for people; in the order of the file.</summary>
    public List<KeyValuePair<string, string>> Shown { get; } = [];

    internal void Add(string name, double number)
    {
        _numbers.Add(name, number);
        Shown.Add(new(name, number.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)));
    }

    internal void Add(string name, string word)
    {
        _words.Add(name, word);
        Shown.Add(new(name, word));
    }
}
