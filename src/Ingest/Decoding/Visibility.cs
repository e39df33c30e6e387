using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Fengsui.Ingest.Tests")]
[assembly: InternalsVisibleTo("Fengsui.Micro")]
