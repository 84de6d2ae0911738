using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>A tag's node, or what is wrong with its arguments; neither when they do not have the tag's form at all.</summary>
internal readonly record struct TagForm(TagNode? Node, string? Problem)
{
    public static TagForm Wrong => default;

    public static implicit operator TagForm(TagNode node) => new(node, null);

    public static implicit operator TagForm(string problem) => new(null, problem);
}
