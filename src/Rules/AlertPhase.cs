namespace Fengsui.Rules;

/// <summary>Where an alert that has begun stands.</summary>
public enum AlertPhase : byte
{
    Pending,
    Firing,
}
