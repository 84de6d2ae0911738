using System.Text.Json.Nodes;
using Postern.Directory.Rights;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Invitations.Ledger;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Accepting;

/// <summary>
/// Gives an account what its invitation promises, in the current transaction. Groups and roles are given with the rights its creator has at this
/// moment: what they may no longer give is left out and recorded, and the link works all the same.
/// </summary>
public sealed class ApplyGrants(PosternDb db, MembershipRules rules, WriteLedger ledger)
{
    /// <summary>Type, folder and language are for new accounts; people who have one keep theirs.</summary>
    public async ValueTask ExecuteAsync(Invitation invitation, User user, bool isNew, CancellationToken cancellation)
    {
        if (isNew)
        {
            user.Type = invitation.UserType ?? user.Type;
            user.Path = invitation.UserPath.Length > 0 ? invitation.UserPath : user.Path;
        }
        user.Attributes = Attributes(invitation, user.Attributes, isNew);
        if (invitation.AccountEnds is { } end && isNew)
            await db.ExecuteAsync("INSERT INTO account_end (user_pk, ends_at) VALUES ($1, $2) ON CONFLICT (user_pk) DO UPDATE SET ends_at = excluded.ends_at", cancellation, user.Pk, end);
        var inviter = await InviterAsync(invitation, cancellation);
        foreach (var group in invitation.Groups)
        {
            if (await WithheldAsync(invitation, inviter, inviter is null ? [] : await rules.JoinAsync(inviter, [group], cancellation), "group", group, cancellation))
                continue;
            await db.ExecuteAsync("INSERT INTO user_group (user_pk, group_pk) SELECT $1, pk FROM \"group\" WHERE pk = $2 ON CONFLICT DO NOTHING", cancellation, user.Pk, group);
        }
        foreach (var role in invitation.Roles)
        {
            if (await WithheldAsync(invitation, inviter, inviter is null ? [] : await rules.AssignAsync(inviter, [role], cancellation), "role", role, cancellation))
                continue;
            await db.ExecuteAsync("INSERT INTO user_role (user_pk, role_pk) SELECT $1, pk FROM role WHERE pk = $2 ON CONFLICT DO NOTHING", cancellation, user.Pk, role);
        }
    }

    /// <summary>The creator as they are now; the product itself for blueprints, null for a deactivated person.</summary>
    async Task<Caller?> InviterAsync(Invitation invitation, CancellationToken cancellation) =>
        await db.ScalarAsync<string>("SELECT username FROM \"user\" WHERE pk = $1", cancellation, invitation.CreatedByPk) is User.AnonymousUsername
            ? Caller.System
            : await FindCaller.OfActiveUserAsync(db, invitation.CreatedByPk, cancellation);

    async ValueTask<bool> WithheldAsync(Invitation invitation, Caller? inviter, IReadOnlyList<string> refusals, string table, Guid key, CancellationToken cancellation)
    {
        if (inviter is not null && refusals.Count == 0)
            return false;
        var name = await db.ScalarAsync<string>($"SELECT name FROM \"{table}\" WHERE pk = $1", cancellation, key) ?? key.ToString();
        ledger.Add(invitation.Pk, "withheld", Caller.System, $"The {table} {name} was not given: {(inviter is null ? "its creator is deactivated" : "its creator may no longer give it")}.");
        return true;
    }

    static JsonObject Attributes(Invitation invitation, JsonObject current, bool isNew)
    {
        var merged = current.DeepClone().AsObject();
        foreach (var (key, value) in invitation.UserAttributes)
            merged[key] = value?.DeepClone();
        if (isNew && invitation.Locale.Length > 0)
        {
            var settings = merged["settings"] as JsonObject ?? [];
            settings["locale"] = invitation.Locale;
            merged["settings"] = settings.DeepClone();
        }
        return merged;
    }
}
