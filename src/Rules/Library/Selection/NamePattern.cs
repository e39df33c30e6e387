namespace Fengsui.Rules.Library.Selection;

/// <summary>A name, or a pattern of names: <c>*</c> stands for any characters, <c>?</c> for one.</summary>
internal sealed record NamePattern(string Text)
{
    /// <summary>Whether it names one thing only.</summary>
    public bool IsName => Text.AsSpan().IndexOfAny('*', '?') < 0;

    public bool Matches(string name)
    {
        var (at, star, mark) = (0, -1, 0);
        var i = 0;
        while (i < name.Length)
        {
            if (at < Text.Length && (Text[at] == '?' || (Text[at] != '*' && Text[at] == name[i])))
            {
                (at, i) = (at + 1, i + 1);
            }
            else if (at < Text.Length && Text[at] == '*')
            {
                (star, mark, at) = (at, i, at + 1);
            }
            else if (star >= 0)
            {
                // Let the latest star take one more character.
                (at, i) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return Text.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
