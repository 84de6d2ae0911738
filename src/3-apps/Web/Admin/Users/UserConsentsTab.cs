using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Stages.Consent;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Web.Admin.Users;

/// <summary>What a user agreed to let applications learn.</summary>
sealed class UserConsentsTab(ObjectQuery objects, PosternDb db, IAccess access, IServiceProvider services, Sections sections) : OwnedTab(UserConsentKind.Kind, objects, db, access, services, sections)
{
    static readonly string[] columns = ["Application", "Permissions", "Expires"];

    public override string Name => "Explicit consent";

    public override int Order => 60;

    protected override string Description => "What this user agreed to. Without a consent the application asks again at the next sign-in to it.";

    protected override string[] Columns => columns;

    protected override string Icon => "shield-check";

    protected override string Empty => "No consent is kept";

    protected override string[] Cells(JsonObject one) => [one["application"]!["name"]!.ToString(), one["permissions"]!.ToString().Replace(" ", ", ", StringComparison.Ordinal), ListRow.Text(one["expires"])];
}
