namespace Postern.Expressions;

/// <summary>The module `json`.</summary>
internal static class JsonLibrary
{
    public static readonly ScriptType DecodeError = new("JSONDecodeError", ExceptionTypes.ValueError) { Module = "json.decoder" };

    public static HostModule Build() => new HostModule("json")
        .Set("JSONDecodeError", DecodeError)
        .Def("loads", "s, *, cls=None, object_hook=None, parse_float=None, parse_int=None", Loads)
        .Def(
            "dumps",
            "obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False",
            (m, a) => JsonWriter.Write(m, a));

    private static object? Loads(Machine machine, ReadOnlySpan<object?> a)
    {
        var text = a[0] switch
        {
            string s => s,
            ScriptBytes b => BytesMethods.Decode(b.Span, "utf-8", "strict"),
            _ => throw TypeTable.TypeError($"the JSON object must be str, bytes or bytearray, not {Types.NameOf(a[0])}"),
        };
        return new JsonReader(machine, text, a[2], a[3], a[4]).Read();
    }
}
