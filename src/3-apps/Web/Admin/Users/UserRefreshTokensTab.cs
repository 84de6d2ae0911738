using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.OAuth2.Records;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Web.Admin.Users;

/// <summary>Tokens by which applications go on acting for a user.</summary>
sealed class UserRefreshTokensTab(ObjectQuery objects, PosternDb db, IAccess access, IServiceProvider services, Sections sections) : OwnedTab(TokenKinds.Refresh, objects, db, access, services, sections)
{
    static readonly string[] columns = ["Provider", "Scopes", "Expires"];

    public override string Name => "OAuth refresh tokens";

    public override int Order => 70;

    protected override string Description => "By these, applications go on acting for this user. A token that is deleted is refused from then on.";

    protected override string[] Columns => columns;

    protected override string Icon => "key";

    protected override string Empty => "No application holds a token";

    protected override string[] Cells(JsonObject one) => [one["provider"]!["name"]!.ToString(), ListRow.Text(one["scope"]), ListRow.Text(one["expires"])];

    protected override string? Mark(JsonObject one) => one["revoked"]!.GetValue<bool>() ? "Revoked" : one["is_expired"]!.GetValue<bool>() ? "Expired" : null;
}
