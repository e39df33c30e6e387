namespace Fengsui.Ingest.Payloads.SenMl;

/// <summary>The labels of RFC 8428, by their numbers in CBOR (table 4).</summary>
internal enum SenMlLabel
{
    BaseSum = -6,
    BaseValue = -5,
    BaseUnit = -4,
    BaseTime = -3,
    BaseName = -2,
    Version = -1,
    Name = 0,
    Unit = 1,
    Value = 2,
    Text = 3,
    Boolean = 4,
    Sum = 5,
    Time = 6,
    UpdateTime = 7,
    Data = 8,

    /// <summary>One that need not be understood.</summary>
    Other = 100,

    /// <summary>One that ends in a low line: who does not understand it must not use the pack (4.4).</summary>
    Mandatory = 101,
}
