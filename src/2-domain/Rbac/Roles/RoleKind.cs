using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Rbac.Roles;

/// <summary>The declaration of roles.</summary>
public static class RoleKind
{
    public static readonly ModelKind<Role> Kind = ModelKind<Role>.Declare("authentik_rbac.role", static (k, kind) =>
    {
        k.Labels("Role", "Roles").Path("rbac/roles").Table("role");
        k.Permissions(("assign_role_permissions", "Can assign permissions to roles"), ("unassign_role_permissions", "Can unassign permissions from roles"));
        k.Key(r => r.Pk);
        k.Text("name", r => r.Name).Required().Unique().MaxLength(150);
        k.NullableText("managed", r => r.Managed).Unique().BlueprintOnly();
        k.Extra("permissions");
        k.Filters("name", "managed");
        k.Filter("managed__isnull", (query, values, _) =>
        {
            var isNull = string.Equals(values[^1], "true", StringComparison.OrdinalIgnoreCase);
            return query.Where(r => r.Managed == null == isNull);
        });
        RoleFilters.Declare(k);
        k.Search(r => r.Name);
        k.Order("name");
        k.AfterSave(RoleGrants.FromBlueprintAsync);
    });
}
