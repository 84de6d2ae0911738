using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Storage;

namespace Postern.Directory.Attributes;

/// <summary>
/// What counts for a user: the brand's attributes, those of every group, direct and ancestors, in the order of their names, then the user's
/// own. The order is alphabetical, as in the reference: no group is nearer than another.
/// </summary>
public sealed class EffectiveAttributes(PosternDb db)
{
    public async Task<JsonObject> OfAsync(User user, JsonObject? brand, CancellationToken cancellation)
    {
        var merged = AttributeMerge.Into([], brand ?? []);
        await using (var rows = await db.ReadAsync("SELECT attributes::text FROM \"group\" WHERE pk IN (SELECT user_groups($1)) ORDER BY name", cancellation, user.Pk))
        {
            while (await rows.ReadAsync(cancellation))
                AttributeMerge.Into(merged, JsonNode.Parse(rows.GetString(0))!.AsObject());
        }
        return AttributeMerge.Into(merged, user.Attributes);
    }
}
