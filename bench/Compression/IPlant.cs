namespace Fengsui.Bench.Compression;

/// <summary>Devices that send to one server.</summary>
internal interface IPlant
{
    string Name { get; }

    /// <summary>One line for the report.</summary>
    string What { get; }

    /// <summary>Text of <c>config/sources/</c> files, written with their keys below <paramref name="directory"/>.</summary>
    IReadOnlyList<string> Sources(string directory);

    /// <summary>All messages in the order in which they arrive.</summary>
    IEnumerable<Arrival> Arrivals();

    /// <summary>The line of the report that a series counts to.</summary>
    string LineOf(string device, string metric);
}
