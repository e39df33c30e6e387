using System.Globalization;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/audit</c> and <c>/audit/head</c>.</summary>
internal static class AuditEndpoints
{
    /// <summary>Records that one request looks at: some 0.3 s. What follows is found with the cursor.</summary>
    private const int MaxLookedAt = 50_000;

    /// <summary>Oldest first; <c>?kind=</c>, <c>?actor=</c>, <c>?subject=</c>, <c>?about=</c>, <c>?from=</c>, <c>?to=</c> restrict.</summary>
    public static Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        var query = context.Request.Query;
        if (!Page.TryRead(context.Request, out var page, out var mistake) || !AuditFilter.TryRead(name => query[name].ToString(), out var filter, out mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var after = 0L;
        if (page.After is { } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "cursor must be the 'next' of an earlier answer");
        }

        CallerView.Of(context).Tell("audit", query["about"].ToString());
        var (found, next) = Find(Path.Combine(engine.DataDirectory, AuditFiles.Folder), after, page.Limit, filter);
        return Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            found.ForEach(entry => json.WriteRawValue(entry.Line.Span));
            json.WriteEndArray();
            json.WriteString("next", next is { } last ? Page.Cursor(last.ToString(CultureInfo.InvariantCulture)) : null);
            json.WriteEndObject();
        });
    }

    public static Task HeadAsync(HttpContext context, AuditTrail trail) => Json.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        var head = trail.Log.Status.Head;
        json.WriteStartObject();
        json.WriteNumber("sequence", head.Sequence);
        json.WriteString("hash", head.Hash);
        json.WriteStartObject("anchored");
        json.WriteNumber("sequence", trail.Anchored.Sequence);
        json.WriteString("hash", trail.Anchored.Hash);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static (List<AuditEntry> Found, long? Next) Find(string directory, long after, int limit, AuditFilter filter)
    {
        var found = new List<AuditEntry>();
        var looked = 0;
        var last = after;
        foreach (var entry in AuditFiles.Read(directory, after + 1))
        {
            if (found.Count == limit || looked++ == MaxLookedAt)
            {
                return (found, last);
            }

            last = entry.Sequence;
            if (filter.Takes(entry))
            {
                found.Add(entry);
            }
        }

        return (found, null);
    }
}
