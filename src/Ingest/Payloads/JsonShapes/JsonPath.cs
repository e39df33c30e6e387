using System.Globalization;
using System.Text;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>A path into JSON: <c>a.b[0].c</c>, <c>'a key'.x</c>, <c>list[*]</c>, <c>map.*</c>; from the message's root with <c>$.</c> before it.</summary>
internal sealed class JsonPath
{
    public const string Expected = "a path such as data.temp, list[0].value, 'a key'.x or $.id";

    private const int MaxSteps = 16;
    private const int MaxIndex = 10_000;

    private JsonPath(bool isFromRoot, List<PathStep> steps)
    {
        IsFromRoot = isFromRoot;
        Steps = steps;
    }

    public bool IsFromRoot { get; }

    public IReadOnlyList<PathStep> Steps { get; }

    /// <summary>Null, and where in the text, when it is no path.</summary>
    public static JsonPath? Parse(string text, out int mistake)
    {
        mistake = 0;
        var isFromRoot = text.StartsWith("$.", StringComparison.Ordinal);
        var at = isFromRoot ? 2 : 0;
        var steps = new List<PathStep>();
        while (at < text.Length && steps.Count < MaxSteps)
        {
            mistake = at;
            if (steps.Count > 0 && text[at] == '.')
            {
                at++;
            }
            else if (steps.Count > 0 && text[at] != '[')
            {
                return null;
            }

            if (Step(text, ref at) is not { } step)
            {
                return null;
            }

            steps.Add(step);
        }

        mistake = at;
        return at == text.Length && steps.Count > 0 ? new JsonPath(isFromRoot, steps) : null;
    }

    private static PathStep? Step(string text, ref int at)
    {
        if (at >= text.Length)
        {
            return null;
        }

        return text[at] switch
        {
            '[' => Bracket(text, ref at),
            '\'' => Quoted(text, ref at),
            _ => Plain(text, ref at),
        };
    }

    private static PathStep? Bracket(string text, ref int at)
    {
        var close = text.IndexOf(']', at);
        if (close < 0)
        {
            return null;
        }

        var inner = text.AsSpan(at + 1, close - at - 1);
        at = close + 1;
        return inner is "*" ? PathStep.Any
            : int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= MaxIndex ? new PathStep(null, index)
            : null;
    }

    private static PathStep? Quoted(string text, ref int at)
    {
        var close = text.IndexOf('\'', at + 1);
        if (close < 0)
        {
            return null;
        }

        var name = text[(at + 1)..close];
        at = close + 1;
        return new PathStep(Encoding.UTF8.GetBytes(name), -1);
    }

    private static PathStep? Plain(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny(".['");
        end = end < 0 ? text.Length : at + end;
        var name = text[at..end];
        at = end;
        return name.Length == 0 ? null : name == "*" ? PathStep.Any : new PathStep(Encoding.UTF8.GetBytes(name), -1);
    }
}
