using Fengsui.Rules.Tests.Scripts;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Parsing;

public sealed class RuleFileFuzzTests
{
    private const string Noise = "{}[]:,-#&*!|>'\"%@`~ \t\n\r0aé温\u0000\u2028()<=/.°";

    [Fact]
    public void A_damaged_file_is_refused_or_read_but_never_throws()
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf("tests/Rules.Tests/Fixtures/valid.yaml"));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var result = RuleSet.Parse([new RuleFile("f.yaml", Damage(text, new Random(seed)))]);
            Assert.Equal(result.RuleSet is null, result.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error));
            Assert.All(result.Diagnostics, diagnostic => Assert.True(diagnostic.Line >= 1 && diagnostic.Column >= 1, diagnostic.ToString()));
        }));
    }

    private static string Damage(string text, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(4) == 0 ? random.Next(60) : random.Next(2), text.Length - at);
            var insert = random.Next(3) == 0 ? "" : Noise[random.Next(Noise.Length)].ToString();
            text = text.Remove(at, length).Insert(at, insert) + " ";
        }

        return text;
    }
}
