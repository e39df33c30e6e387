using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Fengsui.Devices.Tests")]
[assembly: InternalsVisibleTo("Fengsui.Bench.Compression")]
