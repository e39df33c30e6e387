using System.Globalization;
using System.Text;

namespace Fengsui.Ble.Locks;

/// <summary>Writes down every acknowledged advert of a lock's own, so that a test can ask for it later.</summary>
internal sealed class AckedAdverts(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Add(HeardAdvert advert)
    {
        if (advert.Counter is not { } counter)
        {
            return;
        }

        lock (_lock)
        {
            _file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"d\":\"{advert.Address}\",\"c\":{counter}}}\n")));
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();
}
