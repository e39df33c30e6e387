using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Audit;

/// <summary>Where one entry of the alert log was published. Who subscribed there is nobody's to know.</summary>
/// <param name="EventNumber">Its number in the alert log, which is the id of its event in the streams; 0 while it is not on record.</param>
/// <param name="Topics">With whose they are: <c>alerts/major/north/d1</c> of the server itself, <c>bridge/site: park/alerts/major/north/d1</c>. Empty when it is not on record which there were.</param>
public sealed record AlertPublication(AlertEntry Entry, long EventNumber, IReadOnlyList<string> Topics);
