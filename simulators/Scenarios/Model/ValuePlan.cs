namespace Fengsui.Scenarios.Model;

/// <summary>One metric of a device: the true value at the start, and how the instrument shows it.</summary>
/// <param name="Is">The value when nothing happens.</param>
/// <param name="Noise">Standard deviation of the instrument's error; the error is never more than 3.5 times it.</param>
/// <param name="Resolution">The instrument's smallest step; 0 for none.</param>
/// <param name="IsCounter">The source's own counter: one more with each new message, whatever <paramref name="Is"/> says.</param>
public sealed record ValuePlan(string Metric, Amount Is, Amount Noise, double Resolution, bool IsCounter);
