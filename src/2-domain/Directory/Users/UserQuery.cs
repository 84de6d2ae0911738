using Postern.Directory.Sessions;
using Postern.Storage.Queries;

namespace Postern.Directory.Users;

/// <summary>What queries over users can name.</summary>
public static class UserQuery
{
    const string InGroups = "SELECT user_pk AS \"Value\" FROM members_below(ARRAY(SELECT pk FROM \"group\" WHERE {condition})) AS member (user_pk)";

    const string WithRoles = """
        WITH RECURSIVE wanted AS (SELECT pk FROM role WHERE {condition}), down AS (
            SELECT group_pk AS pk FROM group_role JOIN wanted ON role_pk = wanted.pk
            UNION
            SELECT child_pk FROM group_parent JOIN down ON parent_pk = down.pk)
        SELECT user_pk AS "Value" FROM user_role JOIN wanted ON role_pk = wanted.pk
        UNION
        SELECT user_pk FROM user_group JOIN down ON group_pk = down.pk
        """;

    /// <summary>Groups and roles count with what is inherited.</summary>
    public static readonly QueryLanguage<User> Language = new QueryLanguage<User>()
        .Text("username", u => u.Username).Text("name", u => u.Name).Text("email", u => u.Email).Text("path", u => u.Path)
        .Boolean("is_active", u => u.IsActive).Choice("type", u => u.Type)
        .Json("attributes", u => u.Attributes, indexed: true)
        .Integer("pk", _ => u => u.Pk)
        .Time("last_login", u => u.LastLogin).Time("created", u => u.DateJoined).Time("date_joined", u => u.DateJoined)
        .Time("last_updated", u => u.LastUpdated).Time("password_change_date", u => u.PasswordChangeDate)
        .Keys("groups", u => u.Pk, InGroups, "name").Keys("groups.name", u => u.Pk, InGroups, "name")
        .Keys("mfa", u => u.Pk, "SELECT user_pk AS \"Value\" FROM user_mfa WHERE {condition}", "class")
        .Keys("roles", u => u.Pk, WithRoles, "name").Keys("roles.name", u => u.Pk, WithRoles, "name")
        .Boolean("is_superuser", db =>
        {
            var keys = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.SqlQueryRaw<int>(db.Database, Superusers.Keys);
            return u => keys.Contains(u.Pk);
        })
        .Integer("sessions", db => u => db.Set<Session>().Count(s => s.UserPk == u.Pk));
}
