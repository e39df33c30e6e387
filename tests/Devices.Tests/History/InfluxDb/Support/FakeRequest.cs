namespace Fengsui.Devices.Tests.History.InfluxDb.Support;

/// <summary>One write as the fake server got it, decompressed.</summary>
internal sealed record FakeRequest(int Number, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public IReadOnlyList<string> Lines { get; } = Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public bool IsGzip => Headers.GetValueOrDefault("content-encoding") == "gzip";
}
