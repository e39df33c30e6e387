using System.Text;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Alerts;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>What is really sent satisfies the schemas of docs/asyncapi.yaml.</summary>
public sealed class AsyncApiTests
{
    private static readonly string Schemas = ReadSchemas();

    [Fact]
    public async Task Steps_and_events_satisfy_their_schemas()
    {
        await AssertValidAsync("Step", Text(Notices.Firing().Json));
        var resolved = Notices.Transition() with { State = AlertState.Resolved, Tier = Fengsui.Rules.Model.Tier.None, PreviousTier = Fengsui.Rules.Model.Tier.Major, HeldBy = HoldReason.Flood, DueMs = 5, Audience = ["customs"], IsFirstOut = true };
        await AssertValidAsync("Step", Text(AlertJson.ToBytes(resolved)));
        foreach (var kind in Enum.GetValues<AlertEventKind>())
        {
            var happened = (AlertEvent)Notices.Overdue().Entry! with { Kind = kind, UntilMs = 7, Level = 1, Evidence = ["photo"], HeldBy = HoldReason.Shelved };
            await AssertValidAsync("Event", Text(AlertJson.ToBytes(happened)));
        }
    }

    [Fact]
    public async Task Cloud_events_of_entries_and_tests_satisfy_theirs()
    {
        foreach (var notice in new[] { Notices.Firing(), Notices.Overdue(), Notice.Test("hook", "test-1", 1_700_000_000_000) })
        {
            await AssertValidAsync("CloudEvent", await CloudEvents.Structured(notice).ReadAsStringAsync());
        }

        await AssertValidAsync("Test", Text(Notice.Test("hook", "test-1", 1_700_000_000_000).Json));
    }

    [Theory]
    [InlineData("Step", "\"state\":\"firing\"", "\"state\":\"burning\"")]
    [InlineData("Step", "\"sequence\":1", "\"sequence\":0")]
    [InlineData("Step", "\"alert\":\"a1\",", "")]
    public async Task A_payload_that_is_wrong_does_not(string schema, string right, string wrong)
    {
        var payload = Text(Notices.Firing().Json);
        Assert.Contains(right, payload, StringComparison.Ordinal);
        Assert.NotEmpty((await SchemaAsync(schema)).Validate(payload.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static async Task AssertValidAsync(string schema, string payload)
    {
        var mistakes = (await SchemaAsync(schema)).Validate(payload);
        Assert.True(mistakes.Count == 0, $"{schema}: {string.Join("; ", mistakes)}\n{payload}");
    }

    private static Task<JsonSchema> SchemaAsync(string name) => JsonSchema.FromJsonAsync($$"""{"allOf":[{"$ref":"#/definitions/{{name}}"}],"definitions":{{Schemas}}}""");

    private static string ReadSchemas()
    {
        using var text = File.OpenText(Repository.File("docs/asyncapi.yaml"));
        var document = (Dictionary<object, object>)new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(text)!;
        var schemas = ((Dictionary<object, object>)document["components"])["schemas"];
        return new SerializerBuilder().JsonCompatible().Build().Serialize(schemas).Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
