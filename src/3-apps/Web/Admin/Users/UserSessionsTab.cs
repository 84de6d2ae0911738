using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Web.Admin.Users;

/// <summary>Where a user is signed in.</summary>
sealed class UserSessionsTab(ObjectQuery objects, PosternDb db, IAccess access, IServiceProvider services, Sections sections) : OwnedTab(SessionKind.Kind, objects, db, access, services, sections)
{
    static readonly string[] columns = ["Device", "Address", "Last used", "Expires"];

    public override string Name => "Sessions";

    public override int Order => 20;

    protected override string Description => "Browsers in which this user is signed in. Deleting a session signs the browser out on its next request.";

    protected override string[] Columns => columns;

    protected override string Icon => "device-desktop";

    protected override string Empty => "Not signed in anywhere";

    protected override string Ordering => "-last_used";

    protected override (string Name, string Value) Of(Directory.Users.User user) => ("user__username", user.Username);

    protected override string[] Cells(JsonObject one) =>
        [$"{one["user_agent"]!["user_agent"]!["family"]} on {one["user_agent"]!["os"]!["family"]}", one["last_ip"]!.ToString(), ListRow.Text(one["last_used"]), ListRow.Text(one["expires"])];

    protected override string? Mark(JsonObject one) => one["current"]!.GetValue<bool>() ? "This browser" : null;
}
