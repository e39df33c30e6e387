namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>How a column of doubles is written. One byte on disk: never renumber.</summary>
internal enum ValueColumnMode : byte
{
    /// <summary>Eight bytes; every value has these bits.</summary>
    Constant = 0,

    /// <summary>Exponent, exceptions, integer column.</summary>
    Decimal = 1,

    /// <summary>Bit stream of <see cref="XorColumn"/>.</summary>
    Xor = 2,

    /// <summary>Eight bytes a value.</summary>
    Raw = 3,

    /// <summary>Two integer columns: the high and the low half as signed 32-bit integers (positions).</summary>
    Halves = 4,
}
