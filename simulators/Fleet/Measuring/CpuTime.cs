using System.Diagnostics;

namespace Fengsui.Fleet.Measuring;

/// <summary>CPU time of this process, in its own code and in the kernel.</summary>
internal readonly record struct CpuTime(TimeSpan User, TimeSpan Kernel)
{
    public static CpuTime Now()
    {
        using var process = Process.GetCurrentProcess();
        return new CpuTime(process.UserProcessorTime, process.PrivilegedProcessorTime);
    }

    public static CpuTime operator -(CpuTime later, CpuTime earlier) => new(later.User - earlier.User, later.Kernel - earlier.Kernel);
}
