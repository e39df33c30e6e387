namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>How a column of integers is written. One byte on disk: never renumber.</summary>
internal enum IntegerColumnMode : byte
{
    /// <summary>Every value is the first one.</summary>
    Constant = 0,

    /// <summary>Blocks of the differences to the smallest value.</summary>
    Offset = 1,

    /// <summary>First value, then blocks of zig-zag differences.</summary>
    Delta = 2,

    /// <summary>First value and first difference, then blocks of zig-zag differences of differences.</summary>
    DeltaOfDelta = 3,

    /// <summary>Number of runs of equal values, then a column of their values and one of their lengths. Since version 2.</summary>
    Runs = 4,

    /// <summary>Only where lags stand: a column of receive times follows. Since version 2.</summary>
    ReceiveTimes = 5,
}
