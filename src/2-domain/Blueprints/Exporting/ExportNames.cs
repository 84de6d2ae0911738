using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Exporting;

/// <summary>Names for objects: readable ids for <c>!KeyOf</c>, and searches for objects outside the export.</summary>
internal sealed class ExportNames(IReadOnlyDictionary<(ModelKind Kind, string Key), (string Field, JsonNode Value)> outside)
{
    const int MaxId = 80;

    readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>A fresh id, such as <c>flow-default-authentication-flow</c>.</summary>
    public string IdFor(ExportedObject item, string label)
    {
        var plain = Slug($"{item.Kind.Model}-{label}");
        var id = plain;
        for (var i = 2; !taken.Add(id); i++)
            id = string.Create(CultureInfo.InvariantCulture, $"{plain}-{i}");
        return id;
    }

    /// <summary>A search for an object that is not exported; null when nothing tells it apart but its key.</summary>
    public FindNode? Find(IEnumerable<ModelKind> targets, JsonNode key)
    {
        foreach (var target in targets)
        {
            if (outside.TryGetValue((target, ExportSet.Text(key)), out var found))
                return new FindNode(NodePlace.None, Text(target.Name), [new FindCondition(Text(found.Field), NodeJson.ToNode(found.Value))]);
        }

        return null;
    }

    static ScalarNode Text(string text) => ScalarNode.OfText(NodePlace.None, text);

    static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(character)) slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == MaxId) break;
        }

        return slug.ToString().TrimEnd('-');
    }
}
