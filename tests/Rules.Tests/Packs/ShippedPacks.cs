using Fengsui.Rules.Parsing;
using Fengsui.Rules.Testing;
using Fengsui.Rules.Tests.Scripts;

namespace Fengsui.Rules.Tests.Packs;

/// <summary>What <c>config/rules</c> holds: the packs with the tables they lean on, and their unit tests.</summary>
internal static class ShippedPacks
{
    private static readonly string Folder = RepositoryFiles.PathOf("config/rules");

    public static IReadOnlyList<RuleFile> Files { get; } =
    [
        .. Paths().Where(path => !path.EndsWith(RuleTestReader.FileSuffix, StringComparison.Ordinal))
            .Select(path => new RuleFile(Path.GetRelativePath(Folder, path), File.ReadAllText(path))),
    ];

    public static RuleSetResult Parsed { get; } = RuleSet.Parse(Files);

    public static RuleSet Set => Parsed.RuleSet ?? throw new InvalidOperationException(string.Join('\n', Parsed.Diagnostics));

    public static IReadOnlyList<RuleTestFile> TestFiles { get; } =
        [.. Paths().Where(path => path.EndsWith(RuleTestReader.FileSuffix, StringComparison.Ordinal)).Select(ReadTests)];

    private static RuleTestFile ReadTests(string path)
    {
        var diagnostics = new DiagnosticBag();
        var file = RuleTestReader.Read(path, File.ReadAllText(path), diagnostics);
        return diagnostics.ToSortedList() is { Count: > 0 } mistakes ? throw new InvalidOperationException(string.Join('\n', mistakes)) : file!;
    }

    private static IEnumerable<string> Paths() => Directory.GetFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
