namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>Which servers a target is: they differ in path, parameters, authorisation and answers.</summary>
public enum InfluxGeneration
{
    /// <summary>InfluxDB 1.x: <c>/write</c> with database and retention policy, user and password.</summary>
    V1,

    /// <summary>InfluxDB 2.x and its cloud: <c>/api/v2/write</c> with organisation, bucket and token.</summary>
    V2,

    /// <summary>InfluxDB 3: <c>/api/v3/write_lp</c> with database and token.</summary>
    V3,

    /// <summary>VictoriaMetrics: <c>/write</c>; overwrites nothing, so it needs <c>-dedup.minScrapeInterval=1ms</c>.</summary>
    VictoriaMetrics,
}
