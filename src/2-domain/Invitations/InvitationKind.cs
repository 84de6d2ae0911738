using Microsoft.EntityFrameworkCore;
using Postern.Brands.Settings;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Invitations;

/// <summary>The declaration of invitations.</summary>
public static class InvitationKind
{
    static readonly string[] Partial = ["pk", "username", "name", "is_active", "last_login", "email", "attributes", "uid"];

    public static readonly ModelKind<Invitation> Kind = ModelKind<Invitation>.Declare("authentik_stages_invitation.invitation", static (k, kind) =>
    {
        k.Labels("Invitation", "Invitations").Path("stages/invitation/invitations").PathParameter("invite_uuid").Table("invitation");
        k.Key(i => i.Pk).Aliases("invite_uuid");
        k.Slug("name", i => i.Name).Required();
        k.NullableTimestamp("expires", i => i.Expires);
        k.Json("fixed_data", i => i.FixedData).Label("Custom attributes").Help("Optional fixed data to enforce on user enrollment.");
        k.Expand("created_by", i => i.CreatedByPk, "authentik_core.user", Partial);
        k.Boolean("single_use", i => i.SingleUse).Help("When enabled, the invitation will be deleted after usage.");
        k.Reference("flow", i => i.FlowPk, "authentik_flows.flow").Help("When set, only the configured flow can use this invitation.");
        k.Expand("flow_obj", i => i.FlowPk, "authentik_flows.flow");
        k.Extra("created_by");
        k.Filters("name", "expires");
        k.Filter("created_by__username", static (query, db, values, _) => query.Where(i => db.Set<User>().Any(u => u.Pk == i.CreatedByPk && values.Contains(u.Username))));
        k.Filter("flow__slug", static (query, db, values, _) => query.Where(i => db.Set<Flow>().Any(f => f.Pk == i.FlowPk && values.Contains(f.Slug))));
        k.SearchWith(static (query, db, text) =>
        {
            var pattern = $"%{PlainSearch.Escape(text.Trim())}%";
            return query.Where(i => EF.Functions.ILike(i.Name, pattern)
                || db.Set<User>().Any(u => u.Pk == i.CreatedByPk && EF.Functions.ILike(u.Username, pattern))
                || db.Set<Flow>().Any(f => f.Pk == i.FlowPk && EF.Functions.ILike(f.Slug, pattern)));
        });
        k.Identifiers("name");
        k.Order("-expires", "name", "single_use");
        k.Validate(static async (invitation, context) =>
        {
            if (context.IsNew)
                invitation.CreatedByPk = await CreatorAsync(context);
            invitation.Expires ??= context.Get<TimeProvider>().GetUtcNow()
                + Duration.Parse((await context.Get<Snapshot<SystemSettings>>().GetAsync(context.Cancellation)).DefaultTokenDuration);
        });
    });

    static async Task<int> CreatorAsync(SaveContext context)
    {
        if (context.FromBlueprint && context.Extras.GetValueOrDefault("created_by") is System.Text.Json.Nodes.JsonValue given && given.TryGetValue<int>(out var pk))
            return pk;
        return context is { FromBlueprint: false, Caller.UserPk: { } caller }
            ? caller
            : await context.Db.Set<User>().Where(u => u.Username == User.AnonymousUsername).Select(u => u.Pk).SingleAsync(context.Cancellation);
    }
}
