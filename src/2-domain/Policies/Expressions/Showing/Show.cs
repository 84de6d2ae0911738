using System.Collections;
using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using Postern.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Showing;

/// <summary>Leads values of the product to scripts and back; containers stay live in both directions.</summary>
static class Show
{
    /// <summary>The script value of a product value.</summary>
    public static object? ToScript(object? value, ExpressionRun run) => value switch
    {
        null or bool or string or long or int or double or HostObject or HostFunction => ScriptValue.From(value),
        ScriptDict or ScriptList or ScriptTuple or ScriptSet or ScriptBytes or HostModule or ScriptType => value,
        JsonObject json => new LiveDictionary(new JsonDictionary(json, run)),
        JsonArray json => new LiveList(new JsonList(json, run)),
        JsonNode json => ScriptValue.FromJson(json),
        IDictionary<string, object?> map => new LiveDictionary(new ShownDictionary(map, run)),
        byte[] bytes => ScriptValue.From(bytes),
        IList<object?> list => new LiveList(new ShownList(list, run)),
        Enum choice => WireName.Of(choice),
        _ => run.Catalog.View(value, run) ?? FromOther(value, run),
    };

    /// <summary>The product value of a script value.</summary>
    public static object? ToProduct(object? value) => value switch
    {
        IShown shown => shown.Subject,
        LiveDictionary { Content: JsonDictionary json } => json.Node,
        LiveDictionary { Content: ShownDictionary map } => map.Inner,
        LiveList { Content: JsonList json } => json.Node,
        LiveList { Content: ShownList list } => list.Inner,
        ScriptDict dict => dict.ToDictionary(p => ScriptValue.ToText(p.Key), p => ToProduct(p.Value), StringComparer.Ordinal),
        ScriptList or ScriptTuple or ScriptSet => ((IEnumerable<object?>)ScriptValue.ToPlain(value)!).Select(ToProduct).ToList(),
        QuerySet query => query.Loaded.Cast<object?>().ToList(),
        _ => ScriptValue.ToPlain(value),
    };

    static object? FromOther(object value, ExpressionRun run) => value switch
    {
        IPAddress or Guid or DateTimeOffset or DateOnly or TimeSpan or decimal or float or short or uint or ulong or BigInteger => ScriptValue.From(value),
        IReadOnlyDictionary<string, object?> map => new ScriptDict(map.Select(p => KeyValuePair.Create(p.Key, ToScript(p.Value, run)))),
        IReadOnlyDictionary<string, string> map => new ScriptDict(map.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value))),
        IEnumerable items => new LiveList([.. items.Cast<object?>().Select(i => ToScript(i, run))]),
        _ => new Opaque(value),
    };
}
