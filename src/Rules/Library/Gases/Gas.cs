namespace Fengsui.Rules.Library.Gases;

/// <summary>A gas or vapour that detectors measure.</summary>
/// <param name="Name">As metrics are named: <c>co</c>.</param>
/// <param name="FullName">As people write it: <c>carbon-monoxide</c>.</param>
/// <param name="Formula">From which the molar mass is computed.</param>
/// <param name="MolarMass">g/mol.</param>
internal sealed record Gas(string Name, string FullName, string Formula, double MolarMass);
