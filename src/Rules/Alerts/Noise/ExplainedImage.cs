namespace Fengsui.Rules.Alerts.Noise;

/// <summary>Which alert explains another that is held back.</summary>
public sealed record ExplainedImage(string Alert, string By);
