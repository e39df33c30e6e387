namespace Fengsui.Rules;

/// <summary>The codes of <see cref="Diagnostic"/>. Tools match on them: never rename one.</summary>
public static class DiagnosticCodes
{
    public const string YamlSyntax = "yaml-syntax";
    public const string YamlLimit = "yaml-limit";
    public const string JsonSyntax = "json-syntax";
    public const string JsonLimit = "json-limit";
    public const string Geometry = "geometry";
    public const string UnknownKey = "unknown-key";
    public const string DuplicateKey = "duplicate-key";
    public const string MissingKey = "missing-key";
    public const string WrongType = "wrong-type";
    public const string InvalidValue = "invalid-value";
    public const string OutOfRange = "out-of-range";
    public const string DuplicateName = "duplicate-name";
    public const string ExpressionSyntax = "expr-syntax";
    public const string ExpressionType = "expr-type";
    public const string ExpressionLimit = "expr-limit";
    public const string UnknownFunction = "unknown-function";
    public const string UnknownUnit = "unknown-unit";
    public const string WrongUnit = "wrong-unit";
    public const string MetricName = "metric-name";
    public const string Annotation = "annotation";
    public const string Conflict = "conflict";
    public const string UnknownName = "unknown-name";
    public const string LongMaintenance = "long-maintenance";
    public const string Segregation = "segregation";
    public const string TierOrder = "tier-order";
}
