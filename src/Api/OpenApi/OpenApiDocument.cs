using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Api.Endpoints;

namespace Fengsui.Api.OpenApi;

/// <summary>
/// The description of the API in OpenAPI 3.1, made from the routes of the running program: what a route declares is what is checked and what is
/// described. The order is that of the paths, so the same routes give the same bytes.
/// </summary>
public static class OpenApiDocument
{
    public const string Path = "/openapi/v1.json";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Build(IEnumerable<RouteEndpoint> routes)
    {
        var output = new ArrayBufferWriter<byte>(64 << 10);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            var operations = routes.Select(route => new RoutedOperation(route)).Where(routed => routed.IsDescribed)
                .OrderBy(routed => routed.Path, StringComparer.Ordinal).ThenBy(routed => routed.Method, StringComparer.Ordinal).ToArray();
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            WriteInfo(json);
            WritePaths(json, operations);
            WriteComponents(json, operations);
            json.WriteEndObject();
        }

        return [.. output.WrittenSpan, (byte)'\n'];
    }

    private static void WriteInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject("info");
        json.WriteString("title", "Fengsui");
        json.WriteString("version", "1");
        json.WriteString("description", "Alerts, duties, telemetry and site facts of one Fengsui server. Errors are problem documents; docs/api.md walks through it.");
        json.WriteStartObject("contact");
        json.WriteString("name", "Fengsui");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", "/");
        json.WriteString("description", "The server that this document came from.");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("tags");
        foreach (var (name, description) in Tags.All)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("description", description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePaths(Utf8JsonWriter json, RoutedOperation[] operations)
    {
        json.WriteStartObject("paths");
        foreach (var path in operations.GroupBy(routed => routed.Path))
        {
            json.WriteStartObject(path.Key);
            PathParameters.Write(json, path.Key);
            foreach (var routed in path)
            {
                json.WritePropertyName(routed.Method);
                OperationWriter.Write(json, routed);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteComponents(Utf8JsonWriter json, RoutedOperation[] operations)
    {
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        foreach (var (name, schema) in Schemas.For(operations.Select(routed => routed.Operation)))
        {
            json.WritePropertyName(name);
            schema.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteStartObject("responses");
        foreach (var status in operations.SelectMany(OperationWriter.ProblemsOf).Distinct().Order())
        {
            json.WriteStartObject(OperationWriter.ProblemName(status));
            json.WriteString("description", ProblemTypes.Of(status).Title + ".");
            OperationWriter.WriteContent(json, [("application/problem+json", "Problem")]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject(OperationWriter.Scheme);
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteString("description", "An API key of this server, or a token of the issuer that it trusts. Not needed while none is configured, on loopback.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
