using System.Globalization;
using System.Net;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>The kinds of values that options have: how each is written, read and described.</summary>
internal static class SettingKinds
{
    private static readonly string[] Booleans = ["true", "false"];

    public delegate bool Reader<T>(string text, out T value);

    public static Setting Of<T>(
        string path,
        string expected,
        Reader<T> read,
        Func<T, string> write,
        Func<FengsuiOptions, T> get,
        Action<FengsuiOptions, T> set,
        IReadOnlyList<string>? words = null) =>
        new(path, isList: false, expected, words ?? [], options => write(get(options)), (options, texts) =>
        {
            if (texts.Count != 1 || !read(texts[0], out var value))
            {
                return false;
            }

            set(options, value);
            return true;
        });

    public static Setting Int(string path, int least, int most, Func<FengsuiOptions, int> get, Action<FengsuiOptions, int> set) =>
        Of(
            path,
            $"a whole number from {Show(least)} to {Show(most)}",
            (string text, out int value) => TryInt(text, least, most, out value),
            Show,
            get,
            set);

    public static Setting Port(string path, Func<FengsuiOptions, int> get, Action<FengsuiOptions, int> set) =>
        Of(
            path,
            "a port from 0 to 65535 (0 picks a free one)",
            (string text, out int value) => TryInt(text, 0, ushort.MaxValue, out value),
            Show,
            get,
            set);

    public static Setting Bool(string path, Func<FengsuiOptions, bool> get, Action<FengsuiOptions, bool> set) =>
        Of<bool>(path, "true or false", TryBool, value => value ? "true" : "false", get, set, Booleans);

    public static Setting Address(string path, Func<FengsuiOptions, IPAddress> get, Action<FengsuiOptions, IPAddress> set) =>
        Of<IPAddress>(
            path,
            "an IP address of this machine, localhost, or * for all addresses",
            BindAddress.TryParse,
            value => value.ToString(),
            get,
            set);

    public static Setting Size(
        string path, long least, long most, Func<FengsuiOptions, long> get, Action<FengsuiOptions, long> set) =>
        Of(
            path,
            $"{ByteSizeText.Expected}, from {ByteSize.Format(least)} to {ByteSize.Format(most)}",
            (string text, out long value) => ByteSizeText.TryParse(text, out value) && value >= least && value <= most,
            ByteSize.Format,
            get,
            set);

    public static Setting Time(
        string path, TimeSpan least, TimeSpan most, Func<FengsuiOptions, TimeSpan> get, Action<FengsuiOptions, TimeSpan> set) =>
        Of(
            path,
            $"{DurationText.Expected}, from {Show(least)} to {Show(most)}",
            (string text, out TimeSpan value) => TryTime(text, out value) && value >= least && value <= most,
            Show,
            get,
            set);

    public static Setting Choice<T>(
        string path, IReadOnlyList<(string Word, T Value)> choices, Func<FengsuiOptions, T> get, Action<FengsuiOptions, T> set)
    {
        var comparer = EqualityComparer<T>.Default;
        return Of(
            path,
            "one of " + string.Join(", ", choices.Select(choice => choice.Word)),
            (string text, out T value) =>
            {
                var index = IndexOf(choices, text);
                value = index < 0 ? default! : choices[index].Value;
                return index >= 0;
            },
            value => choices.First(choice => comparer.Equals(choice.Value, value)).Word,
            get,
            set,
            [.. choices.Select(choice => choice.Word)]);
    }

    public static Setting Text(
        string path, string expected, Func<string, bool> accept, Func<FengsuiOptions, string?> get, Action<FengsuiOptions, string> set) =>
        Of(
            path,
            expected,
            (string text, out string value) =>
            {
                value = text;
                return text.Length > 0 && accept(text);
            },
            value => value,
            options => get(options) ?? string.Empty,
            set);

    public static Setting Texts(
        string path,
        string expected,
        Func<string, bool> accept,
        Func<FengsuiOptions, IReadOnlyList<string>> get,
        Action<FengsuiOptions, IReadOnlyList<string>> set) =>
        new(path, isList: true, expected, [], options => "[" + string.Join(", ", get(options)) + "]", (options, texts) =>
        {
            if (!texts.All(text => text.Length > 0 && accept(text)))
            {
                return false;
            }

            set(options, [.. texts]);
            return true;
        });

    private static bool TryInt(string text, int least, int most, out int value) =>
        int.TryParse(text.Replace("_", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= least
        && value <= most;

    private static bool TryTime(string text, out TimeSpan value)
    {
        var isDuration = DurationText.TryParse(text, out var milliseconds);
        value = TimeSpan.FromMilliseconds(milliseconds);
        return isDuration;
    }

    private static bool TryBool(string text, out bool value)
    {
        value = text is "true" or "yes" or "on" or "1";
        return value || text is "false" or "no" or "off" or "0";
    }

    private static string Show(TimeSpan value) => DurationText.Format((long)value.TotalMilliseconds);

    private static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int IndexOf<T>(IReadOnlyList<(string Word, T Value)> choices, string text)
    {
        for (var i = 0; i < choices.Count; i++)
        {
            if (choices[i].Word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
