using Postern.Storage.Kinds;

namespace Postern.Directory.Sessions;

/// <summary>The declaration of known devices as administrators and their owners see them; deleting one makes it unknown.</summary>
public static class KnownDeviceKind
{
    public static readonly ModelKind<KnownDevice> Kind = ModelKind<KnownDevice>.Declare("authentik_core.knowndevice", static (k, kind) =>
    {
        k.Labels("Known device", "Known devices").Path("core/known_devices", Verbs.ReadOnly | Verbs.Delete).Table("known_device").NotInBlueprints();
        k.Named(d => d.Uuid.ToString()).OwnedBy(d => d.UserPk);
        k.Key(d => d.Uuid, "uuid");
        k.Computed("user_agent", d => UserAgent.Parse(d.LastUserAgent));
        k.Reference("user", d => d.UserPk, "authentik_core.user").OnDelete(OnDelete.Cascade).ReadOnly();
        k.Computed("last_ip", d => d.LastIp?.ToString() ?? "");
        k.Timestamp("first_seen", d => d.FirstSeen).ReadOnly();
        k.Timestamp("last_seen", d => d.LastSeen).ReadOnly();
        k.Timestamp("expires", d => d.Expires).ReadOnly();
        k.Order("-last_seen", "first_seen", "expires");
    });
}
