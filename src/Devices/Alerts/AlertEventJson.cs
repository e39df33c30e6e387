using System.Text.Json;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>The JSON form of an event: <c>event</c> stands where a transition has <c>state</c>.</summary>
internal static class AlertEventJson
{
    public static void WriteFields(Utf8JsonWriter json, AlertEvent happened)
    {
        json.WriteString("id", happened.Id);
        json.WriteString("alert", happened.AlertId);
        json.WriteNumber("version", happened.Version);
        json.WriteString("event", happened.Kind.Name());
        json.WriteString("event_zh", happened.Kind.ChineseName());
        json.WriteBoolean("firing", happened.IsFiring);
        json.WriteString("tier", happened.Tier.Name());
        json.WriteString("tier_zh", happened.Tier.ChineseName());
        json.WriteString("rule", happened.Rule);
        json.WriteString("device", happened.Device);
        json.WriteString("zone", happened.Zone);
        json.WriteString("time", AlertJson.Time(happened.ReceiveTimeMs));
        json.WriteNumber("received_ms", happened.ReceiveTimeMs);
        json.WriteNumber("position", happened.JournalPosition);
        json.WriteNumber("index", happened.JournalIndex);
        json.WriteString("actor", happened.Actor);
        AlertEntryJson.WriteText(json, "capacity", happened.Capacity);
        AlertEntryJson.WriteText(json, "command", happened.CommandId);
        AlertEntryJson.WriteText(json, "assignee", happened.Assignee);
        if (happened.UntilMs is { } until)
        {
            json.WriteString("until", AlertJson.Time(until));
            json.WriteNumber("until_ms", until);
        }

        if (happened.Level > 0)
        {
            json.WriteNumber("level", happened.Level);
        }

        AlertEntryJson.WriteText(json, "note", happened.Note);
        AlertEntryJson.WriteList(json, "evidence", happened.Evidence);
        AlertEntryJson.WriteCommon(json, happened);
        AlertEntryJson.WriteMap(json, "labels", happened.Labels);
    }

    public static AlertEvent Read(JsonElement json) => new()
    {
        AlertId = AlertEntryJson.Text(json, "alert"),
        Version = json.GetProperty("version").GetInt32(),
        Kind = AlertEventKindNames.Parse(AlertEntryJson.Text(json, "event")),
        IsFiring = AlertEntryJson.Flag(json, "firing"),
        Tier = AlertEntryJson.Tier(json, "tier"),
        Rule = AlertEntryJson.Text(json, "rule"),
        Device = AlertEntryJson.Text(json, "device"),
        Zone = AlertEntryJson.Text(json, "zone"),
        ReceiveTimeMs = json.GetProperty("received_ms").GetInt64(),
        JournalPosition = json.GetProperty("position").GetInt64(),
        JournalIndex = json.GetProperty("index").GetInt32(),
        Actor = AlertEntryJson.Text(json, "actor"),
        Capacity = AlertEntryJson.TextOr(json, "capacity", ""),
        CommandId = AlertEntryJson.TextOr(json, "command", ""),
        Assignee = AlertEntryJson.TextOr(json, "assignee", ""),
        UntilMs = AlertEntryJson.Number(json, "until_ms"),
        Level = (int)(AlertEntryJson.Number(json, "level") ?? 0),
        Enterprise = AlertEntryJson.TextOr(json, "enterprise", ""),
        Note = AlertEntryJson.TextOr(json, "note", ""),
        Evidence = AlertEntryJson.Texts(json, "evidence"),
        IsShadow = AlertEntryJson.Flag(json, "shadow"),
        Audience = AlertEntryJson.Texts(json, "audience"),
        DueMs = AlertEntryJson.Number(json, "due_ms"),
        HeldBy = AlertEntryJson.HeldBy(json),
        Group = AlertEntryJson.TextOr(json, "group", ""),
        IsFirstOut = AlertEntryJson.Flag(json, "first_out"),
        Labels = AlertEntryJson.ReadMap(json.GetProperty("labels")),
    };
}
