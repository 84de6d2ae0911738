using System.Security.Cryptography;

namespace Postern.Expressions;

/// <summary>The modules `hashlib` and `hmac`.</summary>
internal static class HashLibrary
{
    private static readonly string[] Algorithms = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

    public static HostModule BuildHash()
    {
        var module = new HostModule("hashlib")
            .Def("new", "name, data=?, *, usedforsecurity=True", (_, a) => new HashValue(Name(a[0]), null, Bytes(a[1])))
            .Set("algorithms_guaranteed", new ScriptSet(SetMethods.FromIterable(new ScriptTuple(Known.Cast<object?>().ToArray())).Table, isFrozen: true));
        foreach (var name in Known)
            module.Def(name, "string=?, *, usedforsecurity=True", (_, a) => new HashValue(name, null, Bytes(a[0])));
        return module;
    }

    // .NET has no SHA-224.
    private static IEnumerable<string> Known => Algorithms.Where(a => a is not "sha224");

    public static HostModule BuildHmac() => new HostModule("hmac")
        .Def("new", "key, msg=None, digestmod=?", (_, a) => Keyed(a))
        .Def("digest", "key, msg, digest", (_, a) => new ScriptBytes(Compute(Name(a[2]), Base64Library.Data(a[1]), Base64Library.Data(a[0]))))
        .Def("compare_digest", "a, b, /", (_, a) => Boxed.Bool(CompareDigest(a[0], a[1])));

    private static HashValue Keyed(ReadOnlySpan<object?> a) => a[2] is Unbound
        ? throw TypeTable.TypeError("Missing required argument 'digestmod'.")
        : new HashValue(Name(a[2]), Base64Library.Data(a[0]), a[1] is null ? [] : Bytes(a[1]));

    private static string Name(object? value)
    {
        var name = value switch
        {
            string text => text.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal),
            NativeFunction function => function.Name,
            _ => throw TypeTable.TypeError("name must be a string"),
        };
        return Known.Contains(name, StringComparer.Ordinal) ? name : throw TypeTable.ValueError($"unsupported hash type {Representation.Text(value)}");
    }

    private static byte[] Bytes(object? value) => value switch
    {
        Unbound => [],
        string => throw TypeTable.TypeError("Strings must be encoded before hashing"),
        _ => Base64Library.Data(value),
    };

    public static bool CompareDigest(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(x), System.Text.Encoding.UTF8.GetBytes(y)),
        (ScriptBytes x, ScriptBytes y) => CryptographicOperations.FixedTimeEquals(x.Span, y.Span),
        _ => throw TypeTable.TypeError($"unsupported operand types(s) or combination of types: '{Types.NameOf(a)}' and '{Types.NameOf(b)}'"),
    };

    public static byte[] Compute(string name, byte[] data, byte[]? key = null)
    {
        Machine.Tick(data.Length >> 4);
        var algorithm = new HashAlgorithmName(name.ToUpperInvariant());
        return key is null ? CryptographicOperations.HashData(algorithm, data) : CryptographicOperations.HmacData(algorithm, key, data);
    }

    public static int BlockSize(string name) => name is "sha384" or "sha512" ? 128 : 64;
}
