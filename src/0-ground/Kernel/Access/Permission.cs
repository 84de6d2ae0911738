namespace Postern.Kernel.Access;

/// <summary>A right, as the wire names it: <c>authentik_core.view_user</c>.</summary>
public readonly record struct Permission(string App, string Codename)
{
    public static Permission Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? new(text[..dot], text[(dot + 1)..]) : throw new FormatException($"Not a permission: {text}");
    }

    public override string ToString() => $"{App}.{Codename}";
}
