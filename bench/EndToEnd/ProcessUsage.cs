using System.Globalization;

namespace Fengsui.Bench.EndToEnd;

/// <summary>CPU seconds and memory of a process, from /proc.</summary>
internal readonly record struct ProcessUsage(double CpuSeconds, double ResidentMegabytes, double PeakMegabytes)
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;
    private const int UserTimeField = 11;

    public static ProcessUsage Read(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // The second field is the name in parentheses and may hold spaces: count from its end.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[UserTimeField + 1], CultureInfo.InvariantCulture);
        var status = File.ReadAllLines($"/proc/{pid}/status");
        return new ProcessUsage(ticks / TicksPerSecond, Megabytes(status, "VmRSS:"), Megabytes(status, "VmHWM:"));
    }

    /// <summary>Lets the peak start again from what is resident now.</summary>
    public static void ResetPeak(int pid) => File.WriteAllText($"/proc/{pid}/clear_refs", "5");

    private static double Megabytes(string[] status, string name)
    {
        var line = Array.Find(status, line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        var number = line[Math.Min(name.Length, line.Length)..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return number.Length == 0 ? 0 : long.Parse(number, CultureInfo.InvariantCulture) / 1024.0;
    }
}
