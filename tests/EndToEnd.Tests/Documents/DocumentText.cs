using System.Text.RegularExpressions;

namespace Fengsui.EndToEnd.Tests.Documents;

/// <summary>The blocks of code in a file of <c>docs/</c>.</summary>
internal static partial class DocumentText
{
    public static IReadOnlyList<string> Blocks(string file, string language)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Fengsui.slnx")))
        {
            folder = folder.Parent;
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", file));
        return [.. Block().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
