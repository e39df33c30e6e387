using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Security;

namespace Fengsui.Api.OpenApi;

/// <summary>Writes one operation of the description.</summary>
internal static class OperationWriter
{
    public const string Scheme = "bearer";

    public static void Write(Utf8JsonWriter json, RoutedOperation routed)
    {
        var operation = routed.Operation;
        json.WriteStartObject();
        json.WriteString("operationId", operation.Id);
        json.WriteString("summary", operation.Summary);
        json.WriteString("description", operation.Description.Length > 0 ? operation.Description : operation.Summary + ".");
        json.WriteStartArray("tags");
        json.WriteStringValue(operation.Tag);
        json.WriteEndArray();
        WriteSecurity(json, operation);
        WriteParameters(json, routed);
        if (operation.Body is { } body)
        {
            json.WriteStartObject("requestBody");
            json.WriteBoolean("required", body.IsRequired);
            WriteContent(json, [(body.Media, body.Schema)]);
            json.WriteEndObject();
        }

        WriteResponses(json, routed);
        json.WriteEndObject();
    }

    /// <summary>The statuses of the problem documents that it can answer with.</summary>
    public static IEnumerable<int> ProblemsOf(RoutedOperation routed)
    {
        var operation = routed.Operation;
        if (operation.Refuse is not null)
        {
            return [];
        }

        var always = operation.Permission == Permission.Open ? (IEnumerable<int>)[] : [401, 403, 429, 503];
        var keyed = operation.TakesIdempotencyKey ? (IEnumerable<int>)[400, 409] : [];
        return always.Concat(keyed).Concat(operation.Problems).Append(500).Distinct().Where(status => operation.Answers.All(answer => answer.Status != status)).Order();
    }

    public static string ProblemName(int status) => string.Create(CultureInfo.InvariantCulture, $"Problem{status}");

    public static void WriteContent(Utf8JsonWriter json, IEnumerable<(string Media, string? Schema)> contents)
    {
        json.WriteStartObject("content");
        foreach (var (media, schema) in contents)
        {
            json.WriteStartObject(media);
            json.WriteStartObject("schema");
            if (schema is null)
                json.WriteString("type", "string");
            else
                json.WriteString("$ref", "#/components/schemas/" + schema);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSecurity(Utf8JsonWriter json, Operation operation)
    {
        json.WriteStartArray("security");
        if (operation.Permission != Permission.Open)
        {
            json.WriteStartObject();
            json.WriteStartArray(Scheme);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("x-permission", operation.Permission.Name());
        json.WriteStartArray("x-roles");
        foreach (var role in RoleNames.Of(RolePermissions.RolesFor(operation.Permission)))
        {
            json.WriteStringValue(role);
        }

        json.WriteEndArray();
    }

    private static void WriteParameters(Utf8JsonWriter json, RoutedOperation routed)
    {
        var operation = routed.Operation;
        var parameters = operation.Parameters.ToList();
        if (operation.TakesIdempotencyKey)
            parameters.Add(Parameter.IdempotencyKey);
        if (IsTagged(routed))
            parameters.Add(Parameter.IfNoneMatch);
        if (parameters.Count == 0)
        {
            return;
        }

        json.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("in", parameter.IsHeader ? "header" : "query");
            json.WriteString("description", parameter.Description);
            json.WriteBoolean("required", parameter.IsRequired);
            json.WritePropertyName("schema");
            json.WriteRawValue(parameter.Schema);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResponses(Utf8JsonWriter json, RoutedOperation routed)
    {
        var operation = routed.Operation;
        json.WriteStartObject("responses");
        foreach (var answers in operation.Answers.GroupBy(answer => answer.Status))
        {
            json.WriteStartObject(answers.Key.ToString(CultureInfo.InvariantCulture));
            json.WriteString("description", answers.First().Description);
            var contents = answers.Where(answer => answer.Media is not null).Select(answer => (answer.Media!, answer.Schema)).ToArray();
            if (contents.Length > 0)
                WriteContent(json, contents);
            json.WriteEndObject();
        }

        if (IsTagged(routed))
        {
            json.WriteStartObject("304");
            json.WriteString("description", "The caller has it already.");
            json.WriteEndObject();
        }

        if (operation.Refusal is { } refusal)
        {
            json.WriteStartObject("default");
            json.WriteString("description", "Not everything was stored; the text says what was wrong first.");
            WriteContent(json, [(Answer.Json, refusal)]);
            json.WriteEndObject();
        }

        foreach (var status in ProblemsOf(routed))
        {
            json.WriteStartObject(status.ToString(CultureInfo.InvariantCulture));
            json.WriteString("$ref", "#/components/responses/" + ProblemName(status));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Whether what it answers with 200 has an entity tag: JSON that is read.</summary>
    private static bool IsTagged(RoutedOperation routed) =>
        routed.Method == "get" && routed.Operation.Answers.Any(answer => answer is { Status: 200, Media: Answer.Json });
}
