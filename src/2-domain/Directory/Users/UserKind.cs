using Postern.Storage.Kinds;

namespace Postern.Directory.Users;

/// <summary>The declaration of users.</summary>
public static class UserKind
{
    public static readonly ModelKind<User> Kind = ModelKind<User>.Declare("authentik_core.user", static (k, kind) =>
    {
        k.Labels("User", "Users").Path("core/users").Table("user").Named(u => u.Username);
        k.Key(u => u.Pk);
        k.Text("username", u => u.Username).Required().Unique().MaxLength(150);
        k.Text("name", u => u.Name).RequiredMayBeBlank();
        k.Boolean("is_active", u => u.IsActive);
        k.NullableTimestamp("last_login", u => u.LastLogin);
        k.Timestamp("date_joined", u => u.DateJoined).ReadOnly();
        k.Links("groups", u => u.Groups, "authentik_core.group", new("user_group", "user_pk", "group_pk"));
        k.Links("roles", u => u.Roles, "authentik_rbac.role", new("user_role", "user_pk", "role_pk"));
        k.Email("email", u => u.Email);
        k.Json("attributes", u => u.Attributes);
        k.Text("path", u => u.Path).Rule(UserPath.Refusal);
        k.Choice("type", u => u.Type);
        k.Uuid("uuid", u => u.Uuid).ReadOnly();
        k.Timestamp("password_change_date", u => u.PasswordChangeDate).ReadOnly();
        k.Timestamp("last_updated", u => u.LastUpdated).ReadOnly();
        k.Filters("username", "name", "email", "is_active", "uuid", "path", "type");
        k.Search(u => u.Username, u => u.Name, u => u.Email);
        k.Order("username", "date_joined", "last_updated", "last_login", "name", "email", "is_active", "path", "type");
        k.Only(u => u.Username != User.AnonymousUsername);
        k.Validate(static (user, context) =>
        {
            var now = context.Get<TimeProvider>().GetUtcNow();
            user.LastUpdated = now;
            if (context.IsNew)
                (user.DateJoined, user.PasswordChangeDate) = (now, now);
        });
    });
}
