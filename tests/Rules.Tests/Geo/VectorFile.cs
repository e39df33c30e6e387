using System.Globalization;
using Fengsui.Rules.Tests.Scripts;

namespace Fengsui.Rules.Tests.Geo;

/// <summary>Golden vectors; <c>Vectors/make_vectors.py</c> makes them.</summary>
internal static class VectorFile
{
    public static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(RepositoryFiles.PathOf("tests/Rules.Tests/Geo/Vectors/" + name)).Skip(1).Select(line => line.Split(','));

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
