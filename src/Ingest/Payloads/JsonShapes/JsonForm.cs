namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Makes the form of a mapping.</summary>
internal static class JsonForm
{
    public static IPayloadForm Of(JsonShape shape) => new StatelessForm(maxNameBytes => new JsonShapeDecoder(shape, maxNameBytes));
}
