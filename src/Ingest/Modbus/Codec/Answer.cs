namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>One answer as it was framed. Whether it belongs to a request is for <see cref="Judge"/> to say.</summary>
internal readonly ref struct Answer
{
    /// <summary>0 where the framing has none.</summary>
    public ushort Transaction { get; init; }

    public byte Unit { get; init; }

    /// <summary>Function code and data: at least one byte, at most <see cref="ModbusLimits.MaxPduBytes"/>.</summary>
    public ReadOnlySpan<byte> Pdu { get; init; }

    /// <summary>The whole frame, for a dead letter.</summary>
    public ReadOnlySpan<byte> Frame { get; init; }

    /// <summary>Whether this can only be the answer to <paramref name="request"/>: unit, function and length must all be those asked for.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="exception">Why it could not be done, when the verdict is <see cref="AnswerVerdict.Exception"/>.</param>
    /// <param name="data">Registers or bits, when the verdict is <see cref="AnswerVerdict.Data"/>.</param>
    public AnswerVerdict Judge(in ReadRequest request, out ExceptionCode exception, out ReadOnlySpan<byte> data)
    {
        exception = ExceptionCode.None;
        data = default;
        if (Unit != request.Unit)
        {
            return AnswerVerdict.Mismatch;
        }

        if (Pdu.Length == 2 && Pdu[0] == ((byte)request.Function | ModbusLimits.ExceptionBit))
        {
            exception = (ExceptionCode)Pdu[1];
            return AnswerVerdict.Exception;
        }

        if (Pdu[0] != (byte)request.Function || Pdu.Length != 2 + request.DataBytes || Pdu[1] != request.DataBytes)
        {
            return AnswerVerdict.Mismatch;
        }

        data = Pdu[2..];
        return AnswerVerdict.Data;
    }
}
