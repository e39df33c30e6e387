namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>Recognises, in readings sorted by time, a repeat of the same time and value (bit for bit).</summary>
internal sealed class DuplicateFilter
{
    private readonly List<long> _more = [];
    private bool _any;
    private long _timeMs;
    private long _first;

    public bool IsRepeat(long timeMs, double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        if (!_any || timeMs != _timeMs)
        {
            (_any, _timeMs, _first) = (true, timeMs, bits);
            if (_more.Count > 0)
                _more.Clear();
            return false;
        }

        if (bits == _first || _more.Contains(bits))
            return true;
        _more.Add(bits);
        return false;
    }
}
