using System.Globalization;

namespace Fengsui.Ble.Faults;

/// <summary>Writes what truly happened: <c>{"kind","address"|"gateway","counter","time"}</c>, a line each.</summary>
internal sealed class TruthLog(string? path) : IDisposable
{
    private readonly StreamWriter? _file = path is null ? null : new StreamWriter(path, append: false);

    public void OfLock(LockFault kind, string address, uint counter) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{{\"kind\":\"{LockFaultNames.Of(kind)}\",\"address\":\"{address}\",\"counter\":{counter},\"time\":{Now()}}}"));

    public void OfGateway(string gateway) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{{\"kind\":\"{LockFaultNames.Of(LockFault.SilentGateway)}\",\"gateway\":\"{gateway}\",\"time\":{Now()}}}"));

    public void Dispose() => _file?.Dispose();

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private void Write(string line)
    {
        _file?.WriteLine(line);
        _file?.Flush();
    }
}
