using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Fengsui.Rules.Tests")]
