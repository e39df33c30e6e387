namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>One server that the journal's readings are written to. Frozen once the target is open.</summary>
public sealed record InfluxTargetOptions
{
    /// <summary>Names the target in metrics, in the API and on disk: small letters, digits, - and _.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host, port and, behind a proxy, a path before the server's own.</summary>
    public required Uri Url { get; init; }

    public required InfluxGeneration Generation { get; init; }

    /// <summary>Of 1.x and 3; of VictoriaMetrics the label <c>db</c>, optional.</summary>
    public string? Database { get; init; }

    /// <summary>Of 1.x; null for the database's default.</summary>
    public string? RetentionPolicy { get; init; }

    public string? Organisation { get; init; }

    public string? Bucket { get; init; }

    public string? User { get; init; }

    /// <summary>Never logged, never shown.</summary>
    public string? Password { get; init; }

    /// <summary>Never logged, never shown.</summary>
    public string? Token { get; init; }

    /// <summary>PEM file of the authority that signed the server's certificate, when it is not one that the system knows.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Measurement that steps of alerts are written to; null when they are not.</summary>
    public string? Alerts { get; init; }

    /// <summary>How what happens to duties is written; null when it is not.</summary>
    public DutyLines? Duties { get; init; }

    public LineMapping Mapping { get; init; } = new();

    public TargetStart Start { get; init; } = TargetStart.Beginning;

    /// <summary>Where readings come from that the journal does not hold any more.</summary>
    public TargetBackfill Backfill { get; init; } = TargetBackfill.Journal;

    /// <summary>Compress requests. Worth its CPU over a network, not on the same machine; null decides by that.</summary>
    public bool? Gzip { get; init; }

    /// <summary>Lines of one request at most. 5,000: what the servers' makers advise.</summary>
    public int BatchLines { get; init; } = 5_000;

    /// <summary>Bytes of one request before compression at most. 1 MiB: far below every server's own bound.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>A batch is sent when its first line has waited for so long. 1 s.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Requests in flight, each on its own connection. Devices are spread over them, so all lines of one series take the
    /// same way and stay in order. 2: one is being answered while the next is being written.
    /// </summary>
    public int InFlight { get; init; } = 2;

    /// <summary>From the first byte of a request to the last of its answer. 30 s: a server that compacts is slow, not dead.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause after a failure; doubles up to <see cref="RetryMaximum"/>, half of it by chance.</summary>
    public TimeSpan RetryInitial { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan RetryMaximum { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two attempts when a person must put something right: wrong token, no such database.</summary>
    public TimeSpan StoppedRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Journal that is kept for the target beyond the journal's own retention, while it is behind. 20 GiB.</summary>
    public long MaxJournalBytes { get; init; } = 20L << 30;

    /// <summary>Bytes of refused lines that are kept; beyond it the oldest half goes. 16 MiB.</summary>
    public long MaxRejectedBytes { get; init; } = 16L << 20;

    internal bool UsesGzip => Gzip ?? !Url.IsLoopback;

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{Name} ({Generation}, {Url})";
}
