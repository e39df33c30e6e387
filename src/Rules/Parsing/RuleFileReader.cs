namespace Fengsui.Rules.Parsing;
internal sealed class RuleFileReader(DiagnosticBag diagnostics) { public List<Rule> Read(RuleFile[] files) { _ = diagnostics; _ = files; return []; } }
