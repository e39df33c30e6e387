namespace Fengsui.Vehicles.Wire;

/// <summary>Reads what the platform sends, byte by byte. What does not verify is counted and passed over.</summary>
internal sealed class PlatformReader
{
    private const byte Delimiter = 0x7E;
    private const byte Escape = 0x7D;
    private const int MaxBytes = 2_048;

    private readonly List<byte> _plain = [];
    private bool _isEscaped;

    /// <summary>Frames that did not verify.</summary>
    public int Broken { get; private set; }

    /// <summary>The message that ends with this byte; null when none does.</summary>
    public PlatformMessage? Take(byte value)
    {
        if (value == Delimiter)
        {
            var message = _plain.Count == 0 ? null : Read();
            _plain.Clear();
            _isEscaped = false;
            return message;
        }

        if (value == Escape && !_isEscaped)
        {
            _isEscaped = true;
            return null;
        }

        if (_plain.Count < MaxBytes)
        {
            _plain.Add(!_isEscaped ? value : value == 2 ? Delimiter : Escape);
        }

        _isEscaped = false;
        return null;
    }

    private PlatformMessage? Read()
    {
        var sum = _plain.Aggregate(0, (sum, value) => sum ^ value);
        if (_plain.Count < 13 || sum != 0)
        {
            Broken++;
            return null;
        }

        var head = (_plain[2] & 0x40) != 0 ? 17 : 12;
        var length = ((_plain[2] & 3) << 8) | _plain[3];
        if (_plain.Count != head + length + 1)
        {
            Broken++;
            return null;
        }

        return new PlatformMessage((ushort)((_plain[0] << 8) | _plain[1]), [.. _plain.Skip(head).Take(length)]);
    }
}
