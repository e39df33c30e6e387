namespace Fengsui.Vehicles;

/// <summary>Which edition of JT/T 808 the vehicles speak.</summary>
public enum TerminalVersion
{
    Jt2013,
    Jt2019,

    /// <summary>Every other vehicle is of 2019.</summary>
    Mixed,
}
