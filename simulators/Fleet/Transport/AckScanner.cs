namespace Fengsui.Fleet.Transport;

/// <summary>
/// Finds acknowledgements in what the server sends, wherever reads cut them. Keeps the first bytes of a packet's body
/// only: that is where packet id, reason and the CONNACK are.
/// </summary>
internal sealed class AckScanner(FleetConnection connection)
{
    /// <summary>Bytes kept of each packet; a CONNACK's properties beyond it are not looked at.</summary>
    private const int KeptBytes = 256;

    private const byte Puback = 0x40;

    private readonly byte[] _body = new byte[KeptBytes];
    private Stage _stage;
    private byte _type;
    private int _remaining;
    private int _shift;
    private int _read;

    private enum Stage : byte
    {
        Type,
        Length,
        Body,
    }

    public void Reset() => _stage = Stage.Type;

    /// <summary>Takes bytes as they came. False when they cannot be MQTT.</summary>
    public bool Scan(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (_stage == Stage.Type)
            {
                at = ScanPubacks(bytes, at);
                if (at == bytes.Length)
                {
                    return true;
                }

                Begin(bytes[at++]);
            }
            else if (_stage == Stage.Length)
            {
                if (!AddLengthByte(bytes[at++]))
                {
                    return false;
                }
            }
            else
            {
                at += AddBody(bytes[at..]);
            }
        }

        return true;
    }

    private int ScanPubacks(ReadOnlySpan<byte> bytes, int at)
    {
        while (bytes.Length - at >= 4 && bytes[at] == Puback && bytes[at + 1] == 2)
        {
            connection.OnAcknowledged(Puback, (ushort)((bytes[at + 2] << 8) | bytes[at + 3]), 0);
            at += 4;
        }

        return at;
    }

    private void Begin(byte type)
    {
        _type = type;
        _stage = Stage.Length;
        _remaining = 0;
        _shift = 0;
        _read = 0;
    }

    private bool AddLengthByte(byte digit)
    {
        _remaining |= (digit & 0x7F) << _shift;
        _shift += 7;
        if ((digit & 0x80) != 0)
        {
            return _shift < 28;
        }

        _stage = Stage.Body;
        if (_remaining == 0)
        {
            Finish();
        }

        return true;
    }

    private int AddBody(ReadOnlySpan<byte> bytes)
    {
        var take = Math.Min(bytes.Length, _remaining - _read);
        var keep = Math.Min(take, KeptBytes - _read);
        if (keep > 0)
        {
            bytes[..keep].CopyTo(_body.AsSpan(_read));
        }

        _read += take;
        if (_read == _remaining)
        {
            Finish();
        }

        return take;
    }

    private void Finish()
    {
        _stage = Stage.Type;
        var body = _body.AsSpan(0, Math.Min(_read, KeptBytes));
        switch (_type & 0xF0)
        {
            case 0x20:
                connection.OnConnack(body);
                break;
            case 0x40 or 0x50 or 0x70 when body.Length >= 2:
                connection.OnAcknowledged((byte)(_type & 0xF0), (ushort)((body[0] << 8) | body[1]), body.Length > 2 ? body[2] : (byte)0);
                break;
            case 0xD0:
                connection.OnPong();
                break;
            case 0xE0:
                connection.OnServerDisconnect(body.Length > 0 ? body[0] : (byte)0);
                break;
        }
    }
}
