using System.Collections.Concurrent;
using System.Text.Json;

namespace Fengsui.Api.Endpoints;

/// <summary>The parts of <c>/api/v1/status</c>: each writes one JSON value under its name.</summary>
public sealed class StatusSections
{
    private readonly ConcurrentDictionary<string, Action<Utf8JsonWriter>> _sections = new(StringComparer.Ordinal);

    /// <summary>Adds a section, or replaces the one of that name. It must write exactly one value, from memory.</summary>
    public void Add(string name, Action<Utf8JsonWriter> write) => _sections[name] = write;

    internal void WriteTo(Utf8JsonWriter json)
    {
        foreach (var (name, write) in _sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            write(json);
        }
    }
}
