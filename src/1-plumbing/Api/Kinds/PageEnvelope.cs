using System.Text.Json;
using Postern.Api.Http;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Api.Kinds;

/// <summary>The envelope of every list: pagination, results, autocomplete.</summary>
public static class PageEnvelope
{
    public static WireJson Of(ObjectPage page, IReadOnlyList<Rendered> results, ModelKind? kind = null) => Of(page with { Items = results }, kind);

    /// <summary>A page whose items are JSON nodes, or entities already rendered.</summary>
    public static WireJson Of(ObjectPage page, ModelKind? kind = null) => new(writer =>
    {
        writer.WriteStartObject();
        WritePagination(writer, page);
        writer.WriteStartArray("results");
        foreach (var item in page.Items)
            WireValue.Write(writer, item);
        writer.WriteEndArray();
        writer.WritePropertyName("autocomplete");
        QueryCompletion.Write(writer, kind);
        writer.WriteEndObject();
    });

    static void WritePagination(Utf8JsonWriter writer, ObjectPage page)
    {
        var first = page.Count == 0 ? 0 : ((page.Page - 1) * page.PageSize) + 1;
        writer.WriteStartObject("pagination");
        writer.WriteNumber("next", page.Page < page.TotalPages ? page.Page + 1 : 0);
        writer.WriteNumber("previous", page.Page > 1 ? page.Page - 1 : 0);
        writer.WriteNumber("count", page.Count);
        writer.WriteNumber("current", page.Page);
        writer.WriteNumber("total_pages", page.TotalPages);
        writer.WriteNumber("start_index", first);
        writer.WriteNumber("end_index", page.Count == 0 ? 0 : first + page.Items.Count - 1);
        writer.WriteEndObject();
    }
}
