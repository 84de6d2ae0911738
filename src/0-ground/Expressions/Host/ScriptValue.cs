using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Expressions;

/// <summary>
/// Conversions between .NET values and script values. Script values are null (None), bool, long, BigInteger, double, string, the Script* types,
/// host objects, functions and modules.
/// </summary>
public static class ScriptValue
{
    /// <summary>Gives the script value of a .NET value; live containers are wrapped, others are copied.</summary>
    public static object? From(object? value) => value switch
    {
        null or string or ScriptDict or ScriptList or HostObject or HostFunction or HostPending => value,
        bool b => Boxed.Bool(b),
        long l => Boxed.Int(l),
        double or ScriptTuple or ScriptBytes or ScriptSet or HostModule or ScriptType => value,
        int i => Boxed.Int(i),
        _ => FromOther(value),
    };

    private static object? FromOther(object value) => value switch
    {
        short or ushort or byte or sbyte or uint => Boxed.Int(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong u => Numbers.Normalise(u),
        BigInteger i => Numbers.Normalise(i),
        float f => (double)f,
        decimal d => (double)d,
        char c => c.ToString(),
        byte[] b => new ScriptBytes(b),
        Guid g => new UuidValue(g),
        DateTimeOffset t => DateTimeValue.From(t),
        DateOnly d => new DateValue(d),
        TimeSpan t => new TimeDeltaValue(t),
        System.Net.IPAddress a => IpAddressValue.From(a),
        JsonNode n => FromJson(n),
        JsonElement e => FromJson(JsonNode.Parse(e.GetRawText())),
        Enum e => e.ToString(),
        IDictionary<string, object?> d => new LiveDictionary(d),
        IList<object?> l => new LiveList(l),
        IReadOnlyDictionary<string, object?> d => new ScriptDict(d),
        IEnumerable<KeyValuePair<string, string>> d => new ScriptDict(d.Select(p => new KeyValuePair<string, object?>(p.Key, p.Value))),
        IEnumerable e => new ScriptList(e.Cast<object?>()),
        _ => IsInternal(value) ? value : throw new ArgumentException($"a value of type {value.GetType().Name} cannot be given to a script", nameof(value)),
    };

    private static bool IsInternal(object value) =>
        value is RangeValue or SliceValue or FunctionValue or NativeFunction or BoundMethod or ExceptionValue or ScriptIterator or Ellipsis or NotImplementedValue or UnionType;

    /// <summary>Copies a JSON document to script values.</summary>
    public static object? FromJson(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject o:
                var dict = new ScriptDict();
                foreach (var (key, value) in o)
                    dict.Set(key, FromJson(value));
                return dict;
            case JsonArray a:
                var list = new ScriptList(a.Count);
                foreach (var item in a)
                    list.Add(FromJson(item));
                return list;
            default:
                return FromScalar(node.AsValue());
        }
    }

    private static object? FromScalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.TryGetValue<string>(out var s) ? s : value.ToString(),
        JsonValueKind.True => Boxed.True,
        JsonValueKind.False => Boxed.False,
        JsonValueKind.Number => FromNumber(value.ToJsonString()),
        _ => null,
    };

    private static object FromNumber(string text) => text.AsSpan().ContainsAny('.', 'e', 'E')
        ? double.Parse(text, CultureInfo.InvariantCulture)
        : Numbers.Normalise(BigInteger.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Copies a script value to JSON; what JSON cannot say becomes its text. Values nested too deeply are refused.</summary>
    public static JsonNode? ToJson(object? value, int maxDepth = 64)
    {
        if (maxDepth < 0)
            throw new ScriptException(ExceptionTypes.ValueError, "the value is nested too deeply or contains itself");
        return value switch
        {
            null => null,
            bool b => JsonValue.Create(b),
            long l => JsonValue.Create(l),
            double d => double.IsFinite(d) ? JsonValue.Create(d) : null,
            BigInteger i => JsonNode.Parse(i.ToString(CultureInfo.InvariantCulture)),
            string s => JsonValue.Create(s),
            ScriptBytes b => JsonValue.Create(Convert.ToBase64String(b.Span)),
            ScriptDict d => new JsonObject(d.Select(p => KeyValuePair.Create(Representation.Text(p.Key), ToJson(p.Value, maxDepth - 1)))),
            ScriptTuple t => new JsonArray(t.Items.ToArray().Select(i => ToJson(i, maxDepth - 1)).ToArray()),
            ScriptList or ScriptSet => new JsonArray(((IEnumerable<object?>)value).Select(i => ToJson(i, maxDepth - 1)).ToArray()),
            LiveDictionary d => new JsonObject(d.Content.Select(p => KeyValuePair.Create(p.Key, ToJson(From(p.Value), maxDepth - 1)))),
            LiveList l => new JsonArray(l.Content.Select(i => ToJson(From(i), maxDepth - 1)).ToArray()),
            _ => JsonValue.Create(Representation.Text(value)),
        };
    }

    /// <summary>Gives plain .NET values: null, bool, long, double, string, byte[], lists and dictionaries; other values stay as they are.</summary>
    public static object? ToPlain(object? value, int maxDepth = 64)
    {
        if (maxDepth < 0)
            throw new ScriptException(ExceptionTypes.ValueError, "the value is nested too deeply or contains itself");
        return value switch
        {
            ScriptDict d => d.ToDictionary(p => Representation.Text(p.Key), p => ToPlain(p.Value, maxDepth - 1), StringComparer.Ordinal),
            ScriptTuple t => t.Items.ToArray().Select(i => ToPlain(i, maxDepth - 1)).ToList(),
            ScriptList or ScriptSet => ((IEnumerable<object?>)value).Select(i => ToPlain(i, maxDepth - 1)).ToList(),
            ScriptBytes b => b.Span.ToArray(),
            LiveDictionary d => d.Content,
            LiveList l => l.Content,
            UuidValue u => u.Value,
            DateTimeValue t => t.ToDateTimeOffset(),
            DateValue d => d.Value,
            TimeDeltaValue t => t.Value,
            IpAddressValue a => a.Address,
            _ => value,
        };
    }

    /// <summary>Truth of a value, as `bool(value)`.</summary>
    public static bool IsTrue(object? value) => Truth.Of(value);

    /// <summary>What `str(value)` gives.</summary>
    public static string ToText(object? value) => Representation.Text(value);

    /// <summary>What `repr(value)` gives.</summary>
    public static string Represent(object? value) => Representation.Of(value);

    /// <summary>The name of a value's type as scripts see it.</summary>
    public static string TypeName(object? value) => Types.NameOf(value);
}
