using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Events.Recording;

/// <summary>How an event names an object: <c>{app, model_name, pk, name}</c>; uuids are 32 hexadecimal digits.</summary>
public static class ObjectPart
{
    public static JsonObject Of(ModelKind kind, object entity)
    {
        var concrete = kind.Of(entity);
        return Of(concrete.App, concrete.Model, concrete.Key.Get(entity), concrete.NameOf(entity));
    }

    public static JsonObject Of(string app, string model, object? key, string name) => new()
    {
        ["app"] = app,
        ["model_name"] = model,
        ["pk"] = key switch
        {
            Guid uuid => uuid.ToString("N"),
            int number => number,
            _ => Convert.ToString(key, CultureInfo.InvariantCulture),
        },
        ["name"] = name,
    };
}
