using System.Text;

namespace Fengsui.Ingest.Payloads;

/// <summary>An MQTT topic filter, matched against single topics: <c>+</c> stands for one level, <c>#</c> at the end for any number.</summary>
internal sealed class TopicPattern : IComparable<TopicPattern>
{
    public const string Expected = "a topic filter such as sensors/+/json or gateways/#";

    private readonly byte[] _filter;

    private TopicPattern(string filter)
    {
        Text = filter;
        _filter = Encoding.UTF8.GetBytes(filter);
    }

    public string Text { get; }

    /// <summary>False when the text is no filter.</summary>
    public static bool TryParse(string text, out TopicPattern? pattern)
    {
        pattern = null;
        var levels = text.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            var isWild = levels[i] == "+" || (levels[i] == "#" && i == levels.Length - 1);
            if (!isWild && levels[i].AsSpan().IndexOfAny("+#\0") >= 0)
            {
                return false;
            }
        }

        pattern = text.Length > 0 ? new TopicPattern(text) : null;
        return pattern is not null;
    }

    /// <summary>The more exact filter comes first: level by level a name before <c>+</c> before <c>#</c>.</summary>
    public int CompareTo(TopicPattern? other)
    {
        var (mine, others) = (Text.Split('/'), other?.Text.Split('/') ?? []);
        for (var i = 0; i < Math.Min(mine.Length, others.Length); i++)
        {
            var order = Wildness(mine[i]).CompareTo(Wildness(others[i]));
            order = order == 0 ? string.CompareOrdinal(mine[i], others[i]) : order;
            if (order != 0)
            {
                return order;
            }
        }

        return mine.Length.CompareTo(others.Length);
    }

    /// <param name="topic">UTF-8, without wildcards.</param>
    public bool Matches(ReadOnlySpan<byte> topic)
    {
        ReadOnlySpan<byte> filter = _filter;
        if (IsOfServer(topic) != IsOfServer(filter))
        {
            return false;
        }

        while (true)
        {
            var wanted = Level(ref filter, out var lastWanted);
            if (wanted.SequenceEqual("#"u8))
            {
                return true;
            }

            var level = Level(ref topic, out var last);
            if (!wanted.SequenceEqual("+"u8) && !wanted.SequenceEqual(level))
            {
                return false;
            }

            if (last)
            {
                // "a/#" stands for "a" too.
                return lastWanted || filter.SequenceEqual("#"u8);
            }

            if (lastWanted)
            {
                return false;
            }
        }
    }

    private static int Wildness(string level) => level == "#" ? 2 : level == "+" ? 1 : 0;

    /// <summary>Topics that begin with $ are the server's own and no wildcard stands for them.</summary>
    private static bool IsOfServer(ReadOnlySpan<byte> topic) => topic.StartsWith("$"u8);

    private static ReadOnlySpan<byte> Level(ref ReadOnlySpan<byte> rest, out bool isLast)
    {
        var slash = rest.IndexOf((byte)'/');
        isLast = slash < 0;
        var level = isLast ? rest : rest[..slash];
        rest = isLast ? default : rest[(slash + 1)..];
        return level;
    }
}
