using Fengsui.Rules.Alerts.Noise;

namespace Fengsui.Rules.Alerts;

/// <summary>What an <see cref="AlertBoard"/> knows of the log, so that another can go on from there.</summary>
/// <param name="Count">Alerts that were ever numbered.</param>
/// <param name="Known">Where each alert stands that is open or was closed lately, in any order.</param>
/// <param name="Closed">Ids in the order in which they were closed.</param>
public sealed record BoardImage(long Count, IReadOnlyList<AlertStatus> Known, IReadOnlyList<string> Closed, NoiseImage Noise);
