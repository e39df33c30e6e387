using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Fengsui.Devices.Tests")]
