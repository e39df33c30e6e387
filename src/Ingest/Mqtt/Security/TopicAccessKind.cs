namespace Fengsui.Ingest.Mqtt.Security;

[Flags]
public enum TopicAccessKind : byte
{
    None = 0,
    Publish = 1,
    Subscribe = 2,
    Both = Publish | Subscribe,
}
