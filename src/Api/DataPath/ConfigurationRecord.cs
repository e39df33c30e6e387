using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Delivery.Configuration;
using Fengsui.Api.Security;
using Fengsui.Devices.Audit;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Api.DataPath;

/// <summary>Puts on record who is told and who may do what: at a start, and when it changes. Names and digests, no secrets.</summary>
internal sealed class ConfigurationRecord
{
    private readonly IAccessJournal _journal;
    private string _receivers = "";
    private string _topics = "";

    /// <param name="keys">Of the API; they change with a start only.</param>
    public ConfigurationRecord(IAccessJournal journal, IReadOnlyList<ApiKeyEntry> keys)
    {
        _journal = journal;
        _journal.RecordChange(AuditRecord.Program, "api-keys", keys.Count == 0 ? "none" : string.Join("; ", keys.Select(Describe)));
    }

    /// <summary>What was taken over.</summary>
    /// <param name="text">The file; empty when there is none.</param>
    public void Receivers(ReceiverCatalog catalog, string? text)
    {
        var names = catalog.Receivers.Select(receiver => $"{receiver.Name} ({receiver.Kind}, {receiver.Address})");
        var described = $"sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")))}: {(catalog.Receivers.Count == 0 ? "none" : string.Join("; ", names))}";
        if (described != _receivers)
        {
            _receivers = described;
            _journal.RecordChange(AuditRecord.Program, "receivers", described);
        }
    }

    /// <summary>Under which topics alerts are published from here on.</summary>
    /// <param name="prefix">By this server itself.</param>
    public void Topics(string prefix, IEnumerable<SourceDefinition> sources)
    {
        var bridges = sources.Where(source => source.AlertTopics is not null).Select(source => KeyValuePair.Create($"{source.Protocol}/{source.Name}", source.AlertTopics!));
        var described = PublishedTopics.Describe([KeyValuePair.Create(PublishedTopics.Own, prefix), .. bridges.OrderBy(one => one.Key, StringComparer.Ordinal)]);
        if (described != _topics)
        {
            _topics = described;
            _journal.RecordChange(AuditRecord.Program, PublishedTopics.Subject, described);
        }
    }

    private static string Describe(ApiKeyEntry key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Name} ({string.Join(", ", RoleNames.Of(key.Roles))}{(key.Expires is { } end ? $", until {end:yyyy-MM-dd}" : "")}, sha256 {Convert.ToHexStringLower(key.Sha256)[..16]}…)");
}
