using System.Buffers;

namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>How requests and answers are put on a stream of bytes.</summary>
internal interface IFraming
{
    /// <summary>Bytes of the longest frame.</summary>
    int MaxFrameBytes { get; }

    /// <summary>Whether an answer names the request that it belongs to.</summary>
    bool HasTransactions { get; }

    /// <summary>Writes one request.</summary>
    /// <returns>Bytes written.</returns>
    int Write(IBufferWriter<byte> output, ushort transaction, in ReadRequest request);

    /// <summary>Takes the next answer off <paramref name="input"/>; consumes nothing unless it is whole.</summary>
    /// <param name="input">Bytes in the order of their arrival; begins after the frame when one was taken.</param>
    /// <param name="scratch">At least <see cref="MaxFrameBytes"/>; holds the answer's bytes.</param>
    /// <param name="answer">Points into <paramref name="scratch"/>.</param>
    FrameStatus TryRead(ref ReadOnlySequence<byte> input, Span<byte> scratch, out Answer answer);
}
