using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>5.0 properties of a message published from inside.</summary>
public sealed class PublishProperties
{
    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>Seconds until the message is worthless; null = never.</summary>
    public uint? MessageExpirySeconds { get; init; }

    /// <summary>The payload is UTF-8 text.</summary>
    public bool IsText { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    internal byte[] Encode()
    {
        var writer = new PropertyWriter();
        if (IsText) writer.Add(PropertyId.PayloadFormatIndicator, 1);
        if (ContentType is not null) writer.Add(PropertyId.ContentType, ContentType);
        if (ResponseTopic is not null) writer.Add(PropertyId.ResponseTopic, ResponseTopic);
        if (CorrelationData.Length > 0) writer.Add(PropertyId.CorrelationData, CorrelationData.Span);
        foreach (var (name, value) in UserProperties) writer.AddUser(name, value);
        return writer.Written.ToArray();
    }
}
