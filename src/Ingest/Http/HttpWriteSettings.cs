namespace Fengsui.Ingest.Http;

/// <summary>The options in force for requests that bring readings; they change with the configuration.</summary>
internal sealed class HttpWriteSettings
{
    private volatile HttpWriteOptions _options = HttpWriteOptions.Default;

    public HttpWriteOptions Options
    {
        get => _options;
        set => _options = value;
    }
}
