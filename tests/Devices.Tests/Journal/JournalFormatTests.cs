using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

/// <summary>The layout of <c>docs/journal-format.md</c>, written out by hand.</summary>
public sealed class JournalFormatTests
{
    [Fact]
    public async Task Files_are_byte_for_byte_what_the_document_says()
    {
        var storage = new Support.Journal.SimulatedJournalStorage();
        var clock = new FixedClock(DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123));
        await using (var journal = Journal.Open(Options, storage, clock))
        {
            Assert.True(journal.TryAppend("first"u8, null, out _));
            Assert.True(journal.TryAppend("sec"u8, "ond"u8, null, out var position));
            Assert.Equal(64 + 4 + 5 + 4 + 6, position);
            journal.Start([]);
            await journal.WaitForCommitAsync(position, CancellationToken.None).AsTask().WaitAsync(Deadline);
        }

        Assert.Equal(["00000000000000000000.seg"], storage.Names);
        var actual = storage.ReadAllBytes("00000000000000000000.seg");
        Assert.Equal(Expected(journalId: BinaryPrimitives.ReadUInt64LittleEndian(actual.AsSpan(16))), actual);
    }

    [Fact]
    public async Task A_segment_of_another_format_version_is_refused_by_name_and_version()
    {
        var (storage, _) = await WriteAsync(10);
        var bytes = storage.ReadAllBytes(storage.Names[0]);
        bytes[8] = 7;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Crc([.. bytes[..12], .. bytes[16..64]]));
        var changed = storage.With(storage.Names[0], bytes);

        var refusal = Assert.Throws<JournalFormatException>(() => Journal.Open(Options, changed, TimeProvider.System));

        Assert.Contains(storage.Names[0], refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 7", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, changed.ReadAllBytes(storage.Names[0]));
    }

    [Fact]
    public async Task A_block_of_another_format_version_is_refused_by_name_and_version()
    {
        var (storage, _) = await WriteAsync(10);
        var bytes = storage.ReadAllBytes(storage.Names[0]);
        bytes[64 + 4] = 9;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(64 + 60), Crc([.. bytes[64..124], .. bytes[128..]]));

        var refusal = Assert.Throws<JournalFormatException>(() => Journal.Open(Options, storage.With(storage.Names[0], bytes), TimeProvider.System));

        Assert.Contains("version 9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_of_another_journal_is_refused()
    {
        var (first, _) = await WriteAsync(900, 900, 900);
        var (second, _) = await WriteAsync(900, 900, 900);
        Assert.Equal(2, first.Names.Count);
        var mixed = first.With(first.Names[1], second.ReadAllBytes(second.Names[1]));

        Assert.Throws<JournalFormatException>(() => Journal.Open(Options, mixed, TimeProvider.System));
    }

    [Fact]
    public void Options_report_every_mistake_at_once()
    {
        var wrong = Options with { Directory = " ", BlockSizeBytes = 1, BlockBuffers = 1, RetainAge = TimeSpan.Zero };

        var refusal = Assert.Throws<ArgumentException>(() => Journal.Open(wrong, new Support.Journal.SimulatedJournalStorage(), TimeProvider.System));

        foreach (var name in new[] { "Directory", "BlockSizeBytes", "BlockBuffers", "RetainAge" })
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(new JournalOptions().Validate());
    }

    private static byte[] Expected(ulong journalId)
    {
        var segment = new byte[64];
        Encoding.ASCII.GetBytes("FSJSEGMT").CopyTo(segment, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(segment.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(segment.AsSpan(16), journalId);
        BinaryPrimitives.WriteInt64LittleEndian(segment.AsSpan(24), 0);
        BinaryPrimitives.WriteInt64LittleEndian(segment.AsSpan(32), 1_790_000_000_123);
        BinaryPrimitives.WriteUInt32LittleEndian(segment.AsSpan(12), Crc([.. segment[..12], .. segment[16..]]));

        byte[] payload = [5, 0, 0, 0, .. "first"u8, 6, 0, 0, 0, .. "second"u8];
        var header = new byte[64];
        Encoding.ASCII.GetBytes("FSJB").CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 64);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), 2);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), 0);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), 0);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), 1);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), 1_790_000_000_123);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(48), journalId);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), Crc([.. header[..60], .. payload]));
        return [.. segment, .. header, .. payload];
    }

    /// <summary>CRC-32C bit by bit, as RFC 3720 defines it.</summary>
    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
