namespace Fengsui.Ingest.Payloads;

/// <summary>A form of which each message can be read by itself.</summary>
/// <param name="open">Makes a decoder; the number is the longest name of a metric in bytes.</param>
internal sealed class StatelessForm(Func<int, IPayloadDecoder> open) : IPayloadForm
{
    public IPayloadService Start(PayloadContext context) => new Service(open, context.MaxNameBytes);

    private sealed class Service(Func<int, IPayloadDecoder> open, int maxNameBytes) : IPayloadService
    {
        public IPayloadDecoder Open() => open(maxNameBytes);

        public void Dispose()
        {
        }
    }
}
