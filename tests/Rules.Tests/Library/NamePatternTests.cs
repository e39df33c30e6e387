using System.Text.RegularExpressions;
using Fengsui.Rules.Library.Selection;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class NamePatternTests
{
    [Fact]
    public void Matches_what_the_regular_expression_of_the_same_meaning_matches()
    {
        var letters = Gen.Elements('a', 'b', '*', '?').ListOf();
        var names = Gen.Elements('a', 'b').ListOf();
        var cases = letters.SelectMany(_ => names, (pattern, name) => (Pattern: string.Concat(pattern), Name: string.Concat(name)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(cases.ToArbitrary(), item =>
        {
            var regex = "^" + item.Pattern.Replace("*", ".*", StringComparison.Ordinal).Replace("?", ".", StringComparison.Ordinal) + "$";
            return Regex.IsMatch(item.Name, regex, RegexOptions.NonBacktracking) == new NamePattern(item.Pattern).Matches(item.Name);
        }));
    }
}
