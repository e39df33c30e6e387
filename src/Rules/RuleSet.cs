using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules;

/// <summary>A version of all rules: what a set of rule files says, checked as a whole.</summary>
public sealed class RuleSet
{
    private RuleSet(IReadOnlyList<Rule> rules, string fingerprint)
    {
        Rules = rules;
        Fingerprint = fingerprint;
    }

    public static RuleSet Empty { get; } = new([], FingerprintOf([]));

    /// <summary>In the order of the files (by path) and within them; disabled ones included.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Lower-case SHA-256 hex over the files' paths and texts; the order in which they were given does not matter.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads all files and reports all their mistakes. Never throws for what they hold.</summary>
    public static RuleSetResult Parse(IReadOnlyList<RuleFile> files)
    {
        RuleFile[] sorted = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        var diagnostics = new DiagnosticBag();
        var rules = new RuleFileReader(diagnostics).Read(sorted);
        var set = diagnostics.HasErrors ? null : new RuleSet(rules, FingerprintOf(sorted));
        return new RuleSetResult(set, diagnostics.ToSortedList());
    }

    private static string FingerprintOf(RuleFile[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            foreach (var part in (string[])[file.Path, file.Text])
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
