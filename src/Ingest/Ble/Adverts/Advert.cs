using Fengsui.Ingest.Ble.Codec;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>One advertisement as one gateway heard it, and what was read of it. Reused from message to message; one thread at a time.</summary>
internal sealed class Advert
{
    /// <summary>Bytes of an advertisement's data: an extended one holds 254, and gateways pass on no more than a chain of two.</summary>
    public const int MaxDataBytes = 512;

    /// <summary>Values of one advertisement: of the smallest, two bytes each, 31 bytes hold 14 and extended ones hold more than makes sense.</summary>
    public const int MaxValues = 32;

    /// <summary>Bytes of a text object, and of a person's name.</summary>
    public const int MaxTextBytes = 64;

    private readonly byte[] _data = new byte[MaxDataBytes];
    private readonly (byte[] Name, double Value)[] _values = new (byte[], double)[MaxValues];
    private readonly BthomeObject?[] _kinds = new BthomeObject?[MaxValues];
    private readonly byte[] _text = new byte[MaxTextBytes];
    private readonly byte[] _person = new byte[MaxTextBytes];
    private int _dataLength;
    private int _textLength;
    private int _personLength;

    public BleAddress Address { get; set; }

    public bool HasAddress { get; set; }

    /// <summary>How strong it was heard, dBm; NaN when the gateway does not say.</summary>
    public double Rssi { get; set; }

    /// <summary>When it was heard, ms by the gateway's clock; NaN when only the message says it, or nobody.</summary>
    public double HeardMs { get; set; }

    /// <summary>How long ago it was heard, ms, by the gateway's own clock; 0 for what comes at once.</summary>
    public long AgeMs { get; set; }

    /// <summary>The gateway says that it has sent this before.</summary>
    public bool IsResent { get; set; }

    /// <summary>The packet id of BTHome in the clear; −1 when there is none.</summary>
    public int PacketId { get; set; }

    /// <summary>A number by which an advertisement of another form tells its repeats; −1 when there is none.</summary>
    public int Sequence { get; set; }

    /// <summary>The BTHome object that could not be read; −1 when all could.</summary>
    public int UnknownObject { get; set; }

    /// <summary>The gateway hands on values that it has read of the advertisement itself.</summary>
    public bool IsDecoded { get; set; }

    /// <summary>What kind of <see cref="Data"/> there is.</summary>
    public AdvertForm Form { get; private set; }

    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _dataLength);

    /// <summary>The text object of the advertisement.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>Who unlocked, as the gateway says.</summary>
    public ReadOnlySpan<byte> Person => _person.AsSpan(0, _personLength);

    public ReadOnlySpan<(byte[] Name, double Value)> Values => _values.AsSpan(0, Count);

    public int Count { get; private set; }

    public void Clear()
    {
        ForgetValues();
        (_dataLength, _personLength) = (0, 0);
        (HasAddress, IsResent, IsDecoded, Form) = (false, false, false, AdvertForm.None);
        (Rssi, HeardMs, AgeMs) = (double.NaN, double.NaN, 0);
    }

    /// <summary>Before the values are read of <see cref="Data"/>.</summary>
    public void ForgetValues()
    {
        (Count, _textLength) = (0, 0);
        (PacketId, Sequence, UnknownObject) = (-1, -1, -1);
    }

    /// <summary>False when the text is no hexadecimal, or too long.</summary>
    public bool TrySetData(AdvertForm form, ReadOnlySpan<byte> hex)
    {
        _dataLength = Math.Max(0, HexText.Decode(hex, _data));
        Form = _dataLength > 0 ? form : AdvertForm.None;
        return _dataLength > 0;
    }

    public void SetData(AdvertForm form, ReadOnlySpan<byte> data)
    {
        data.CopyTo(_data);
        (_dataLength, Form) = (data.Length, form);
    }

    public void SetText(ReadOnlySpan<byte> text)
    {
        _textLength = Math.Min(text.Length, MaxTextBytes);
        text[.._textLength].CopyTo(_text);
    }

    /// <summary>False when it is too long for a name.</summary>
    public bool TrySetPerson(ReadOnlySpan<byte> person)
    {
        _personLength = person.Length <= MaxTextBytes ? person.Length : 0;
        person[.._personLength].CopyTo(_person);
        return person.Length <= MaxTextBytes;
    }

    /// <summary>Adds a value of BTHome; one that comes again is numbered.</summary>
    public void Add(BthomeObject known, double value)
    {
        var instance = 0;
        for (var i = 0; i < Count; i++)
        {
            instance += _kinds[i]?.Metric == known.Metric ? 1 : 0;
        }

        if (instance < BthomeObject.MaxInstances)
        {
            Add(known.NameOf(instance), value, known);
        }
    }

    /// <summary>Adds a value under a name that is a constant.</summary>
    public void Add(ReadOnlySpan<byte> name, double value) => Add(MetricNames.Shared(name), value, null);

    /// <summary>The value of a metric; NaN when there is none.</summary>
    public double ValueOf(ReadOnlySpan<byte> name)
    {
        foreach (var (known, value) in Values)
        {
            if (name.SequenceEqual(known))
            {
                return value;
            }
        }

        return double.NaN;
    }

    /// <summary>
    /// What tells this advertisement from others of its device, whichever gateway hears it: the bytes when they are there, otherwise the values.
    /// </summary>
    public ulong Digest()
    {
        if (Form != AdvertForm.None)
        {
            return ((ulong)Admission.Digest.Of(1, Data) << 32) | Admission.Digest.Of(2, Data);
        }

        var sum = (ulong)(uint)(PacketId + 1) << 32;
        foreach (var (name, value) in Values)
        {
            // A sum, since gateways may name the values in any order.
            sum += (Admission.Digest.Of(3, name) + 1UL) * (BitConverter.DoubleToUInt64Bits(value) | 1);
        }

        return sum;
    }

    private void Add(byte[] name, double value, BthomeObject? kind)
    {
        if (Count < MaxValues)
        {
            _kinds[Count] = kind;
            _values[Count++] = (name, value);
        }
    }
}
