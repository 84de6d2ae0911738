using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>One condition of a search; the field may end in a lookup such as <c>__icontains</c>.</summary>
public sealed record FindFilter(string Field, JsonNode? Value);
