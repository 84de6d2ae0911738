using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Cli;

/// <summary>What verbs print: lines with tabs between their columns, or JSON where <c>--output json</c> asks for it.</summary>
static class Output
{
    const int PageSize = 500;

    static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<string> Option()
    {
        var option = new Option<string>("--output", "-o") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    public static bool IsJson(this ParseResult parsed, Option<string> output) => parsed.GetValue(output) is "json";

    public static void Json(JsonNode node) => Console.WriteLine(node.ToJsonString(indented));

    /// <summary>Prints rows of values; texts are what <c>--output text</c> shows of them.</summary>
    public static int Print(bool json, IEnumerable<JsonObject> rows)
    {
        if (json)
            Json(new JsonArray([.. rows]));
        else
        {
            foreach (var row in rows)
                Console.WriteLine(string.Join('\t', row.Select(v => Text(v.Value))));
        }
        return Exit.Done;
    }

    /// <summary>Prints all objects of a kind that a search finds, by these of their fields.</summary>
    public static async Task<int> PrintAsync(IServiceProvider services, ModelKind kind, string? search, string order, string[] fields, bool json, CancellationToken cancellation)
    {
        var rows = new List<JsonObject>();
        for (var page = 1; ; page++)
        {
            var request = new ListRequest { Page = page, PageSize = PageSize, Search = search, SearchMode = SearchMode.Either, Ordering = order };
            if (!(await services.GetRequiredService<ObjectQuery>().ListAsync(kind, Caller.Operator, request, cancellation)).Succeeded(out var found, out var fault))
                return Exit.Refuse(fault);
            var context = new LoadContext(services.GetRequiredService<PosternDb>(), Caller.Operator, services, cancellation);
            foreach (var item in await Rendered.PageAsync(kind, found.Items, context, fields))
            {
                var values = item.ToNode();
                rows.Add(new JsonObject(fields.Select(f => KeyValuePair.Create(f, values[f]?.DeepClone()))));
            }
            if (page >= found.TotalPages)
                return Print(json, rows);
        }
    }

    static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(',', list.Select(Text)),
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(),
    };
}
