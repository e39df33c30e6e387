namespace Fengsui.Ingest.Payloads;

/// <summary>Metric names of senders that go by another one here.</summary>
internal sealed class MetricNames
{
    private readonly Dictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> _names;

    public MetricNames(IEnumerable<KeyValuePair<string, string>> names) =>
        _names = names.ToDictionary(pair => System.Text.Encoding.UTF8.GetBytes(pair.Key), pair => System.Text.Encoding.UTF8.GetBytes(pair.Value), Utf8Names.Comparer)
            .GetAlternateLookup<ReadOnlySpan<byte>>();

    public static MetricNames None { get; } = new([]);

    /// <summary>Null when the name is not renamed.</summary>
    public byte[]? Find(ReadOnlySpan<byte> name) => _names.TryGetValue(name, out var other) ? other : null;
}
