using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Authenticators.Devices;

/// <summary>Writes an event when somebody deletes a device, for rules that tell its owner. Its action is the one that clients know for what has no name of its own.</summary>
sealed class TellOfRemoval(RecordEvent events) : IObjectObserver
{
    public ValueTask CreatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask DeletedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation)
    {
        if (entity is Device device)
            events.Add(caller, EventActions.CustomPrefix, kind.App, Context(LaterActions.DeviceRemoved, device, kind));
        return ValueTask.CompletedTask;
    }

    internal static JsonObject Context(string message, Device device, ModelKind kind) => new()
    {
        ["message"] = message,
        ["device"] = new JsonObject { ["pk"] = device.Pk, ["app"] = kind.App, ["model_name"] = kind.Model, ["name"] = device.Name },
        ["affected_user"] = device.UserPk,
    };
}
