using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Attributes;
using Postern.Directory.Rights;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Directory.Users;

/// <summary>What a signed-in user learns about themselves: groups and roles with the inherited ones, effective settings, rights on the installation.</summary>
public sealed class UserSelf(PosternDb db, EffectiveAttributes attributes, IRights rights, InstallId install, IDirectorySettings directory)
{
    /// <summary>Wire form <c>UserSelf</c>. Null when the user is gone.</summary>
    public async Task<JsonObject?> OfAsync(Caller caller, bool isCurrent, CancellationToken cancellation)
    {
        if (await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == caller.UserPk, cancellation) is not { } user)
            return null;
        var effective = await attributes.OfAsync(user, caller.Request?.BrandAttributes, cancellation);
        return new JsonObject
        {
            ["pk"] = user.Pk,
            ["username"] = user.Username,
            ["name"] = user.Name,
            ["is_active"] = user.IsActive,
            ["is_superuser"] = caller.IsSuperuser,
            ["is_current"] = isCurrent,
            ["groups"] = await NamesAsync("SELECT pk, name FROM \"group\" WHERE pk IN (SELECT user_groups($1)) ORDER BY name", user.Pk, cancellation),
            ["roles"] = await NamesAsync("SELECT pk, name FROM role WHERE pk = ANY((SELECT roles FROM user_rights($1))::uuid[]) ORDER BY name", user.Pk, cancellation),
            ["email"] = user.Email,
            ["avatar"] = Avatar.Of(user, await directory.AvatarsAsync(cancellation)),
            ["uid"] = await install.UidAsync(user.Pk, cancellation),
            ["settings"] = effective["settings"] is JsonObject settings ? settings.DeepClone() : new JsonObject(),
            ["type"] = WireEnum<UserType>.Name(user.Type),
            ["system_permissions"] = new JsonArray([.. (await rights.SystemPermissionsAsync(caller, cancellation)).Select(p => (JsonNode?)p)]),
        };
    }

    async Task<JsonArray> NamesAsync(string sql, int user, CancellationToken cancellation)
    {
        var names = new JsonArray();
        await using var rows = await db.ReadAsync(sql, cancellation, user);
        while (await rows.ReadAsync(cancellation))
            names.Add((JsonNode)new JsonObject { ["name"] = rows.GetString(1), ["pk"] = rows.GetGuid(0).ToString() });
        return names;
    }
}
