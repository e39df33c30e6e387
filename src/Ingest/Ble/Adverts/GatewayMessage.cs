namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>What one message of a gateway holds. Reused from message to message.</summary>
internal sealed class GatewayMessage
{
    /// <summary>Adverts of one message, with what lies around them; gateways send one, the few of one scan, or over HTTP the newest of all devices around.</summary>
    public const int MaxAdverts = 256;

    /// <summary>Made when they are first needed: most gateways send one at a time.</summary>
    private readonly Advert[] _adverts = new Advert[MaxAdverts];
    private readonly char[] _gateway = new char[KnownGateway.MaxIdLength];
    private int _gatewayLength;
    private int _count;

    /// <summary>Who sent it: from the message, or else from its topic. Empty when nobody says.</summary>
    public ReadOnlySpan<char> Gateway => _gateway.AsSpan(0, _gatewayLength);

    public ReadOnlySpan<Advert> Adverts => _adverts.AsSpan(0, _count);

    /// <summary>s since the gateway was started; NaN when it does not say.</summary>
    public double Uptime { get; set; }

    /// <summary>Heard, by the gateway's clock, ms; NaN when it does not say.</summary>
    public double HeardMs { get; set; }

    /// <summary>Sent, by the same clock, ms.</summary>
    public double SentMs { get; set; }

    /// <summary>The number that the gateway gave the message; −1 for none.</summary>
    public long Sequence { get; set; }

    public void Clear()
    {
        (_count, _gatewayLength, Sequence) = (0, 0, -1);
        (Uptime, HeardMs, SentMs) = (double.NaN, double.NaN, double.NaN);
    }

    /// <summary>Null when there are too many.</summary>
    public Advert? Next()
    {
        if (_count == MaxAdverts)
        {
            return null;
        }

        var advert = _adverts[_count] ??= new Advert();
        _count++;
        advert.Clear();
        return advert;
    }

    /// <summary>Takes back the last one.</summary>
    public void Drop() => _count--;

    /// <summary>Of several names the first counts. What is too long is no name.</summary>
    public void SetGateway(ReadOnlySpan<byte> name)
    {
        if (_gatewayLength == 0 && name.Length <= _gateway.Length)
        {
            System.Text.Unicode.Utf8.ToUtf16(name, _gateway, out _, out _gatewayLength);
        }
    }
}
