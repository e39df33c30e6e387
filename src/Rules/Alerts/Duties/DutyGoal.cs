namespace Fengsui.Rules.Alerts.Duties;

/// <summary>What has to have happened by the due time.</summary>
public enum DutyGoal : byte
{
    /// <summary>The disposal is done.</summary>
    Disposed,

    /// <summary>The disposal has begun.</summary>
    Begun,
}
