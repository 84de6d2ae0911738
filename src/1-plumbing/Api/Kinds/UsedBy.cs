using Postern.Api.Http;
using Postern.Storage.Objects;

namespace Postern.Api.Kinds;

/// <summary>The uses of an object: a bare array.</summary>
static class UsedBy
{
    public static WireJson Of(IReadOnlyList<ObjectUse> uses) => new(writer =>
    {
        writer.WriteStartArray();
        foreach (var use in uses)
        {
            writer.WriteStartObject();
            writer.WriteString("app", use.App);
            writer.WriteString("model_name", use.ModelName);
            writer.WriteString("pk", use.Pk);
            writer.WriteString("name", use.Name);
            writer.WriteString("action", use.Action);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
