namespace Fengsui.Ingest.Hj212.Reports;

/// <summary>What a factor code of HJ 212 is called here.</summary>
/// <param name="Metric">UTF-8.</param>
/// <param name="Scale">What its values are multiplied by, to arrive at the metric's unit.</param>
/// <param name="Offset">What is added then.</param>
internal sealed record Factor(byte[] Metric, double Scale, double Offset = 0);
