namespace Fengsui.Ingest.Hj212.Reports;

/// <summary>What a command code's values are of.</summary>
internal enum DataPeriod
{
    None,

    /// <summary>2011: as measured now.</summary>
    RealTime,

    /// <summary>2051: of some minutes.</summary>
    Minute,

    /// <summary>2061: of an hour.</summary>
    Hour,

    /// <summary>2031: of a day.</summary>
    Day,
}
