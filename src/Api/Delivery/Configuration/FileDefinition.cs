using Fengsui.Api.Delivery.Files;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>A file of JSON lines.</summary>
internal sealed class FileDefinition(string path, long rotateBytes, int keep) : ReceiverDefinition
{
    public override string Kind => "file";

    public override string Address => path;

    public override IAlertReceiver Open(ReceiverContext context) => new FileReceiver(Path.Combine(context.DataDirectory, path), rotateBytes, keep);
}
