using System.Globalization;
using System.Text;

namespace Postern.Blueprints.Nodes;

/// <summary>Where a node stands in its file: line and column from 1, and the chain of keys that leads to it.</summary>
public sealed class NodePlace
{
    // Paths are for people: a hostile file may nest keys of any length, so what is shown stays short.
    private const int MaxSegment = 60;
    private const int MaxPath = 400;

    private readonly NodePlace? _parent;
    private readonly string? _key;
    private readonly int _index;

    private NodePlace(int line, int column, NodePlace? parent, string? key, int index) =>
        (Line, Column, _parent, _key, _index) = (line, column, parent, key, index);

    /// <summary>The place of values that no file holds.</summary>
    public static NodePlace None { get; } = new(0, 0, null, null, 0);

    /// <summary>Line, from 1; 0 for <see cref="None"/>.</summary>
    public int Line { get; }

    /// <summary>Column, from 1; 0 for <see cref="None"/>.</summary>
    public int Column { get; }

    /// <summary>The way to the node, as in <c>entries[2].attrs.name</c>; empty for the whole file.</summary>
    public string Path => Render();

    /// <summary>The place of the whole file.</summary>
    public static NodePlace Root(int line, int column) => new(line, column, null, null, 0);

    /// <summary>The place of a value in a map.</summary>
    public NodePlace Key(string key, int line, int column) => new(line, column, this, key, 0);

    /// <summary>The place of an item of a list or of an argument of a tag.</summary>
    public NodePlace Item(int index, int line, int column) => new(line, column, this, null, index);

    private string Render()
    {
        var chain = new Stack<NodePlace>();
        for (var place = this; place._parent is not null; place = place._parent) chain.Push(place);
        var text = new StringBuilder();
        foreach (var place in chain)
        {
            if (place._key is null) text.Append(CultureInfo.InvariantCulture, $"[{place._index}]");
            else text.Append(text.Length == 0 ? "" : ".").Append(Shorten(place._key));
            if (text.Length > MaxPath) return text.Append('…').ToString();
        }

        return text.ToString();
    }

    private static string Shorten(string key) => key.Length <= MaxSegment ? key : $"{key.AsSpan(0, MaxSegment)}…";
}
