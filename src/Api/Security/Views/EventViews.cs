using System.Buffers;
using System.Text.Json;
using Fengsui.Api.Streaming;
using Fengsui.Devices.Alerts;

namespace Fengsui.Api.Security.Views;

/// <summary>Events of the alert stream as different callers see them. Each form is made once and shared by the streams of one view.</summary>
internal sealed class EventViews(FieldFilter filter)
{
    private const string Resource = "alerts";

    /// <summary>Events that are remembered for each view: as many as clients that keep up are apart.</summary>
    private const int Slots = 256;

    private readonly Form?[][] _forms = [.. Enumerable.Range(0, (int)DataClasses.All + 1).Select(_ => new Form?[Slots])];

    /// <summary>The event for somebody who sees so much, and the kinds of data that it shows.</summary>
    public (StreamEvent Event, DataClasses Shown) See(in StreamEvent item, DataClasses visible)
    {
        if (filter.IsWhole(Resource, visible))
        {
            return (item, DataClasses.None);
        }

        ref var slot = ref _forms[(int)visible][(int)(item.Id & (Slots - 1))];
        var known = Volatile.Read(ref slot);
        if (known is null || known.Id != item.Id)
        {
            known = Make(item, visible);
            Volatile.Write(ref slot, known);
        }

        return (item with { Data = known.Data }, known.Shown);
    }

    private Form Make(in StreamEvent item, DataClasses visible)
    {
        var buffer = new ArrayBufferWriter<byte>(item.Data.Length);
        using var document = JsonDocument.Parse(item.Data);
        using var json = new Utf8JsonWriter(buffer, AlertJson.WriterOptions);
        var shown = filter.Write(json, Resource, visible, document.RootElement);
        json.Flush();
        return new Form(item.Id, buffer.WrittenMemory, shown);
    }

    private sealed record Form(long Id, ReadOnlyMemory<byte> Data, DataClasses Shown);
}
