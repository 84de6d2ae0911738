using System.Data.Common;
using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Kernel.Values;

namespace Postern.OAuth2.Tokens;

/// <summary>A user read beside something else, in the same statement: all that policies and mappings may ask of one, and no password.</summary>
static class UserRow
{
    /// <summary>Columns of the table under the name <c>u</c>.</summary>
    public const string Columns =
        "u.pk, u.uuid, u.username, u.name, u.email, u.path, u.type, u.is_active, u.attributes::text, u.password_change_date, u.last_login, u.date_joined, u.last_updated";

    public const int Count = 13;

    /// <summary>Names of the user's groups, one column more, for those who will tell applications.</summary>
    public const string Groups = """ARRAY(SELECT g.name FROM user_group m JOIN "group" g ON g.pk = m.group_pk WHERE m.user_pk = u.pk ORDER BY g.name)""";

    public static User Read(DbDataReader row, int at) => new()
    {
        Pk = row.GetInt32(at),
        Uuid = row.GetGuid(at + 1),
        Username = row.GetString(at + 2),
        Name = row.GetString(at + 3),
        Email = row.GetString(at + 4),
        Path = row.GetString(at + 5),
        Type = WireEnum<UserType>.Parse(row.GetString(at + 6)),
        IsActive = row.GetBoolean(at + 7),
        Attributes = JsonNode.Parse(row.GetString(at + 8))!.AsObject(),
        PasswordChangeDate = row.GetFieldValue<DateTimeOffset>(at + 9),
        LastLogin = row.IsDBNull(at + 10) ? null : row.GetFieldValue<DateTimeOffset>(at + 10),
        DateJoined = row.GetFieldValue<DateTimeOffset>(at + 11),
        LastUpdated = row.GetFieldValue<DateTimeOffset>(at + 12),
    };

    /// <summary>Another object that says the same.</summary>
    public static User Copy(User user) => new()
    {
        Pk = user.Pk,
        Uuid = user.Uuid,
        Username = user.Username,
        Name = user.Name,
        Email = user.Email,
        Path = user.Path,
        Type = user.Type,
        IsActive = user.IsActive,
        Attributes = user.Attributes.DeepClone().AsObject(),
        PasswordChangeDate = user.PasswordChangeDate,
        LastLogin = user.LastLogin,
        DateJoined = user.DateJoined,
        LastUpdated = user.LastUpdated,
    };
}
