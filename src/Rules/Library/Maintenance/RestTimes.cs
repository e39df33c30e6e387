namespace Fengsui.Rules.Library.Maintenance;

/// <summary>When one rule rests for the devices of one program.</summary>
internal sealed class RestTimes
{
    private readonly MaintenanceWindow[] _windows;

    private RestTimes(MaintenanceWindow[] windows) => _windows = windows;

    /// <summary>Null when there are none, so that a rule without them costs nothing.</summary>
    public static RestTimes? Of(IEnumerable<MaintenanceWindow> windows) =>
        windows.ToArray() is { Length: > 0 } some ? new RestTimes(some) : null;

    public bool Cover(long eventTimeMs)
    {
        foreach (var window in _windows)
        {
            if (window.Covers(eventTimeMs))
            {
                return true;
            }
        }

        return false;
    }
}
