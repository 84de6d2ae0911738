using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Primary keys in their wire form.</summary>
internal static class Keys
{
    public static JsonNode Of(ModelKind kind, object entity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            kind.Key.Write(writer, kind.Key.Get(entity));
        return JsonNode.Parse(buffer.ToArray())!;
    }

    public static bool IsKey(string name) => name is "pk" or "id";
}
