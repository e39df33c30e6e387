using System.Globalization;
using System.Text;

namespace Fengsui.Vehicles;

/// <summary>Writes down every acknowledged position, so that a test can ask for it later.</summary>
internal sealed class AckedPositions(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Add(long phone, IReadOnlyList<KeptReport> reports)
    {
        var lines = new StringBuilder();
        foreach (var state in reports.Select(report => report.State))
        {
            lines.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"d\":\"{phone}\",\"ts\":{state.TimeMs},\"v\":[{(state.IsFixed ? state.SpeedKmh : -1)},{(state.IsFixed ? state.Heading : -1)},{state.MileageKm}]}}\n"));
        }

        lock (_lock)
        {
            _file.Write(Encoding.ASCII.GetBytes(lines.ToString()));
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();
}
