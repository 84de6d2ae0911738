namespace Postern.Expressions;

/// <summary>A bytes value of a script.</summary>
public sealed class ScriptBytes
{
    public static readonly ScriptBytes Empty = new([]);

    private readonly byte[] data;

    /// <summary>Wraps the bytes; the array belongs to the value afterwards.</summary>
    public ScriptBytes(byte[] data) => this.data = data;

    public int Count => data.Length;

    public ReadOnlySpan<byte> Span => data;

    internal byte[] Array => data;

    public override string ToString() => Representation.Of(this);
}
