namespace Fengsui.Devices.Alerts;

/// <summary>How far somebody has come with an alert.</summary>
public enum DutyState : byte
{
    Open,
    Acknowledged,
    Begun,
    Done,
    Overdue,
}
