using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>Who is at the other end of one connection, and whether that is shown.</summary>
internal sealed class Login(TerminalDirectory terminals)
{
    private readonly byte[] _phone = new byte[Jt808Header.Phone2019Bytes];
    private int _phoneBytes;
    private bool _isAuthenticated;

    /// <summary>The terminal that the last frame names; null when it may not connect.</summary>
    public Terminal? Candidate { get; private set; }

    /// <summary>The same, once it may send.</summary>
    public Terminal? Terminal => IsAdmitted ? Candidate : null;

    public bool IsAdmitted => Candidate is { } terminal && (_isAuthenticated || !terminal.NeedsCode);

    /// <summary>A frame of this phone is next. Another one than before has to show who it is.</summary>
    /// <param name="phone">BCD.</param>
    public void Turn(ReadOnlySpan<byte> phone)
    {
        if (phone.SequenceEqual(_phone.AsSpan(0, _phoneBytes)))
        {
            return;
        }

        phone.CopyTo(_phone);
        _phoneBytes = phone.Length;
        _isAuthenticated = false;
        Candidate = Bcd.Digits(phone) is { } digits ? terminals.Find(digits) : null;
    }

    public bool TryAuthenticate(in Jt808Frame frame)
    {
        _isAuthenticated = Candidate is { } terminal && TryCode(frame, out var code) && terminal.Accepts(code);
        return _isAuthenticated;
    }

    /// <summary>The terminal has logged out.</summary>
    public void Forget() => _isAuthenticated = false;

    /// <summary>2013: the body is the code. 2019: its length u8, the code, then IMEI and software version.</summary>
    private static bool TryCode(in Jt808Frame frame, out ReadOnlySpan<byte> code)
    {
        code = frame.Body;
        if (!frame.Header.Is2019)
        {
            // A text may end with the zero byte of its language.
            code = code.TrimEnd((byte)0);
            return true;
        }

        if (code.IsEmpty || code.Length < 1 + code[0])
        {
            return false;
        }

        code = code.Slice(1, code[0]);
        return true;
    }
}
