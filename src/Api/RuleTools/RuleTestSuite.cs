using Fengsui.Rules;
using Fengsui.Rules.Testing;

namespace Fengsui.Api.RuleTools;

/// <summary>One file of unit tests with the rules that it tests, ready to run.</summary>
internal sealed record RuleTestSuite(RuleTestFile File, IReadOnlyList<RuleFile> Rules, RuleNames Names);
