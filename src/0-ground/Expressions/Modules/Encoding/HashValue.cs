namespace Postern.Expressions;

/// <summary>A hash or keyed hash under way.</summary>
internal sealed class HashValue(string name, byte[]? key, byte[] data) : NativeObject
{
    private static readonly ScriptType HashType = new ScriptType("HASH") { Module = "_hashlib" }
        .Method("update", "data, /", (_, a) => Self(a).Update(a[1]))
        .Method("digest", "", (_, a) => new ScriptBytes(Self(a).Compute()))
        .Method("hexdigest", "", (_, a) => Convert.ToHexStringLower(Self(a).Compute()))
        .Method("copy", "", (_, a) => new HashValue(Self(a).Name, Self(a).Key, Self(a).content))
        .Getter("name", h => ((HashValue)h).Key is null ? ((HashValue)h).Name : "hmac-" + ((HashValue)h).Name)
        .Getter("digest_size", h => Boxed.Int(((HashValue)h).Compute().Length))
        .Getter("block_size", h => Boxed.Int(HashLibrary.BlockSize(((HashValue)h).Name)));

    // Kept whole: what a script may hash is bounded by its memory.
    private byte[] content = data;

    private string Name { get; } = name;

    private byte[]? Key { get; } = key;

    protected internal override ScriptType Type => HashType;

    private static HashValue Self(ReadOnlySpan<object?> a) => (HashValue)a[0]!;

    private object? Update(object? more)
    {
        if (more is string)
            throw TypeTable.TypeError("Strings must be encoded before hashing");
        content = [.. content, .. Base64Library.Data(more)];
        return null;
    }

    private byte[] Compute() => HashLibrary.Compute(Name, content, Key);

    protected internal override string Represent() => $"<{Name} _hashlib.HASH object>";
}
