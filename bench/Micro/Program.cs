using BenchmarkDotNet.Running;
using Fengsui.Micro.Allocation;

if (args is ["--gate"])
{
    return AllocationGate.Run(Console.Out);
}

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(
        """
        Benchmarks of single operations.

          --gate                 runs each hot-path operation and fails when one allocates (seconds)
          --filter '*Decode*'    runs the benchmarks of that name; further options are BenchmarkDotNet's
          --list flat            names the benchmarks
        """);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(AllocationGate).Assembly).Run(args);
return 0;
