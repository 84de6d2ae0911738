using System.Text.Json;

namespace Postern.Storage.Objects;

/// <summary>One condition of a search: a field's name, perhaps through references and with a lookup (<c>flow__slug</c>, <c>name__icontains</c>), and a value.</summary>
public sealed record FieldCondition(string Path, JsonElement Value);
