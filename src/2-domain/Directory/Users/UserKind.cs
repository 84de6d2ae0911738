using Postern.Kernel.Settings;
using Postern.Storage.Kinds;

namespace Postern.Directory.Users;

/// <summary>The declaration of users.</summary>
public static class UserKind
{
    internal static readonly LinkTable GroupLinks = new("user_group", "user_pk", "group_pk");
    internal static readonly LinkTable RoleLinks = new("user_role", "user_pk", "role_pk");

    /// <summary>Members of a user where it stands beside another object.</summary>
    public static readonly string[] Partial = ["pk", "username", "name", "is_active", "last_login", "email", "attributes", "uid"];

    public static readonly ModelKind<User> Kind = ModelKind<User>.Declare("authentik_core.user", static (k, kind) =>
    {
        k.Labels("User", "Users").Path("core/users").Table("user").Named(u => u.Username);
        k.Permissions(
            ("reset_user_password", "Reset Password"),
            ("impersonate", "Can impersonate other users"),
            ("preview_user", "Can preview user data sent to providers"),
            ("view_user_applications", "View applications the user has access to"));
        k.Key(u => u.Pk);
        k.Text("username", u => u.Username).Required().Unique().MaxLength(150).Help("150 characters or fewer; unique whatever the case.");
        k.Text("name", u => u.Name).RequiredMayBeBlank().Help("User's display name.");
        k.Boolean("is_active", u => u.IsActive).Label("Active").Help("Deactivate instead of deleting: the user is signed out everywhere and cannot sign in.");
        k.NullableTimestamp("last_login", u => u.LastLogin);
        k.Timestamp("date_joined", u => u.DateJoined).ReadOnly();
        k.Computed("is_superuser", async (page, context) =>
        {
            var superusers = await Superusers.AmongAsync(context.Db, page.Select(u => u.Pk), context.Cancellation);
            return user => superusers.Contains(user.Pk);
        });
        k.Links("groups", u => u.Groups, "authentik_core.group", GroupLinks).EmptiedByPut();
        k.ExpandMany("groups_obj", u => u.Groups, "authentik_core.group", "pk", "num_pk", "name", "is_superuser", "attributes");
        k.Links("roles", u => u.Roles, "authentik_rbac.role", RoleLinks).EmptiedByPut();
        k.ExpandMany("roles_obj", u => u.Roles, "authentik_rbac.role");
        k.Email("email", u => u.Email).Label("Email address");
        k.Computed("avatar", async (_, context) =>
        {
            var modes = await context.Get<IDirectorySettings>().AvatarsAsync(context.Cancellation);
            return user => Avatar.Of(user, modes);
        });
        k.Json("attributes", u => u.Attributes);
        k.Computed("uid", async (_, context) =>
        {
            var install = await context.Get<InstallId>().GetAsync(context.Cancellation);
            return user => InstallId.Uid(user.Pk, install);
        });
        k.Text("path", u => u.Path).NotBlank().Rule(UserPath.Refusal);
        k.Choice("type", u => u.Type).ToldAs("user_type");
        k.Uuid("uuid", u => u.Uuid).ReadOnly();
        k.Timestamp("password_change_date", u => u.PasswordChangeDate).ReadOnly();
        k.Timestamp("last_updated", u => u.LastUpdated).ReadOnly();
        k.Extra("password");
        k.Filters("username", "name", "email", "is_active", "uuid", "path", "type").Ranges("date_joined", "last_updated", "last_login");
        UserFilters.Declare(k);
        k.Search(u => u.Username, u => u.Name, u => u.Email, u => u.Uuid.ToString());
        k.Query(UserQuery.Language);
        k.CountAllBy("SELECT coalesce(sum(delta), 0)::bigint FROM user_folder_count");
        k.Order("username", "date_joined", "last_updated", "last_login", "name", "email", "is_active", "path", "type", "uuid", "pk", "password_change_date");
        k.Only(u => u.Username != User.AnonymousUsername && u.BinnedOn == null);
        k.Validate(UserRules.CheckAsync);
        k.AfterSave(UserRules.FollowAsync);
        k.BeforeDelete(UserRules.BeforeDeleteAsync);
    });
}
