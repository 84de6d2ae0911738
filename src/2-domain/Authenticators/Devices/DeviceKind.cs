using Postern.Storage.Kinds;

namespace Postern.Authenticators.Devices;

/// <summary>What the declarations of all devices start with: people manage their own at one path, administrators everybody's at another.</summary>
static class DeviceKind
{
    const Verbs Managed = Verbs.List | Verbs.Retrieve | Verbs.Update | Verbs.Delete | Verbs.UsedBy;

    public static ModelKind<T> Declare<T>(string name, string path, string label, Action<KindBuilder<T>> own, int nameLength = 64)
        where T : Device, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Labels(label, $"{label}s").Table($"{path}_device").Path($"authenticators/{path}", Managed).OwnersPath($"authenticators/admin/{path}", (Managed | Verbs.Create) & ~Verbs.UsedBy).NotInBlueprints().OwnedBy(d => d.UserPk);
            k.Key(d => d.Pk);
            k.Text("name", d => d.Name).Required().MaxLength(nameLength);
            k.Expand("user", d => d.UserPk, "authentik_core.user", Directory.Users.UserKind.Partial);
            own(k);
            k.Filters("name");
            k.Search(d => d.Name);
            k.Order("name", "pk");
            k.Validate(static (device, context) =>
            {
                device.LastUpdated = context.Get<TimeProvider>().GetUtcNow();
                // The API makes no secrets: such a device is an entry only, until its owner sets it up in a flow.
                if (context.IsNew)
                    (device.UserPk, device.Confirmed, device.Created) = (context.Caller.UserPk ?? 0, false, device.LastUpdated);
            });
        });
}
