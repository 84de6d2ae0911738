using System.Globalization;
using System.Text;

namespace Postern.Blueprints.Nodes;

/// <summary>Where a node stands in its file: line and column from 1, and the chain of keys that leads to it.</summary>
public sealed class NodePlace
{
    // Paths are for people: a hostile file may nest keys of any length, so what is shown stays short.
    const int MaxSegment = 60;
    const int MaxPath = 400;

    readonly NodePlace? parent;
    readonly string? key;
    readonly int index;

    NodePlace(int line, int column, NodePlace? parent, string? key, int index) =>
        (Line, Column, this.parent, this.key, this.index) = (line, column, parent, key, index);

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

    string Render()
    {
        var chain = new Stack<NodePlace>();
        for (var place = this; place.parent is not null; place = place.parent) chain.Push(place);
        var text = new StringBuilder();
        foreach (var place in chain)
        {
            if (place.key is null) text.Append(CultureInfo.InvariantCulture, $"[{place.index}]");
            else text.Append(text.Length == 0 ? "" : ".").Append(Shorten(place.key));
            if (text.Length > MaxPath) return text.Append('…').ToString();
        }

        return text.ToString();
    }

    static string Shorten(string key) => key.Length <= MaxSegment ? key : $"{key.AsSpan(0, MaxSegment)}…";
}
