using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// The topics of one connection by their bytes. Nothing is evicted, so a slot stands for its topic as long as the connection lives; at the bounds new
/// topics are looked up each time instead. The hash is seeded and chains are bounded, so chosen topics cannot make it slow.
/// </summary>
internal sealed class TopicCache(MqttBroker broker) : IDisposable
{
    private const int MaxChain = 16;

    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)) | 1;

    private TopicEntry?[] _buckets = new TopicEntry?[4];
    private TopicEntry? _last;
    private int _count;

    /// <summary>The entry of a topic, null when it is new here. The likely next topic costs one comparison.</summary>
    public TopicEntry? Find(ReadOnlySpan<byte> topic)
    {
        var guess = _last?.Successor;
        if (guess is not null && topic.SequenceEqual(guess.Name)) return _last = guess;
        var hash = HashOf(topic);
        for (var entry = _buckets[hash & (uint)(_buckets.Length - 1)]; entry is not null; entry = entry.NextInBucket)
        {
            if (entry.Hash == hash && topic.SequenceEqual(entry.Name)) return Follow(entry);
        }
        return null;
    }

    /// <summary>Adds a topic that is not there and whose text is valid; at a bound the entry is made and not remembered.</summary>
    public TopicEntry Add(ReadOnlySpan<byte> topic)
    {
        var hash = HashOf(topic);
        var remember = _count < broker.Options.MaxCachedTopicsPerConnection && topic.Length <= broker.Options.MaxTopicLengthBytes
            && ChainLength(hash) < MaxChain && broker.TryReserveCachedTopic();
        var entry = new TopicEntry(topic.ToArray(), Encoding.UTF8.GetString(topic), hash, remember ? _count : -1);
        if (!remember) return entry;
        if (++_count > _buckets.Length) Grow();
        Link(entry);
        return Follow(entry);
    }

    public void Dispose()
    {
        broker.ReleaseCachedTopics(_count);
        _count = 0;
        _buckets = new TopicEntry?[4];
        _last = null;
    }

    private static uint HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed ^ (ulong)bytes.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) hash = Mix(hash ^ word);
        var tail = 0UL;
        foreach (var rest in bytes[(words.Length * 8)..]) tail = (tail << 8) | rest;
        hash = Mix(hash ^ tail);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0x9E3779B97F4A7C15UL ^ BitOperations.RotateLeft(Seed, 17), out var low);
        return high ^ low;
    }

    private TopicEntry Follow(TopicEntry entry)
    {
        if (_last is not null) _last.Successor = entry;
        return _last = entry;
    }

    private int ChainLength(uint hash)
    {
        var length = 0;
        for (var entry = _buckets[hash & (uint)(_buckets.Length - 1)]; entry is not null; entry = entry.NextInBucket) length++;
        return length;
    }

    private void Grow()
    {
        var old = _buckets;
        _buckets = new TopicEntry?[old.Length * 2];
        foreach (var head in old)
        {
            for (var entry = head; entry is not null;)
            {
                var next = entry.NextInBucket;
                Link(entry);
                entry = next;
            }
        }
    }

    private void Link(TopicEntry entry)
    {
        ref var bucket = ref _buckets[entry.Hash & (uint)(_buckets.Length - 1)];
        entry.NextInBucket = bucket;
        bucket = entry;
    }
}
