namespace Fengsui.Devices.Alerts;

/// <summary>Where in the log every 256th transition begins, so that reading again from a number need not start at the top.</summary>
internal sealed class AlertLogIndex
{
    private const int Stride = 256;

    private readonly Lock _lock = new();
    private readonly List<long> _offsets = [];

    /// <param name="number">From 1, each one higher than the last.</param>
    public void Add(long number, long offset)
    {
        if ((number - 1) % Stride == 0)
        {
            lock (_lock)
            {
                _offsets.Add(offset);
            }
        }
    }

    /// <summary>The nearest known beginning at or before a number.</summary>
    public (long Number, long Offset) Before(long number)
    {
        lock (_lock)
        {
            var stride = (int)Math.Min((Math.Max(number, 1) - 1) / Stride, _offsets.Count - 1);
            return stride < 0 ? (1, 0) : ((long)stride * Stride + 1, _offsets[stride]);
        }
    }
}
