using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Flows.Plans;

/// <summary>Users in a plan: a stored one by its key and read afresh, one that is not stored yet as it is.</summary>
sealed class UserPlanValue(PosternDb db) : IPlanValue
{
    public string Name => "user";

    public Type Type => typeof(User);

    public JsonNode Write(object value)
    {
        var user = (User)value;
        var json = new JsonObject { ["pk"] = user.Pk, ["backend"] = user.Backend };
        if (user.Pk == 0)
        {
            json["username"] = user.Username;
            json["name"] = user.Name;
            json["email"] = user.Email;
            json["path"] = user.Path;
            json["type"] = WireEnum<UserType>.Name(user.Type);
            json["is_active"] = user.IsActive;
            json["attributes"] = user.Attributes.DeepClone();
        }
        return json;
    }

    public async ValueTask<object?> ReadAsync(JsonNode json, CancellationToken cancellation)
    {
        var pk = json["pk"]!.GetValue<int>();
        // Asked for key 0 as well: somebody who is only pretended to exist takes as long as somebody who does.
        var stored = await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == pk, cancellation);
        var user = pk == 0 ? Unsaved(json) : stored;
        if (user is not null)
            user.Backend = json["backend"]?.GetValue<string>();
        return user;
    }

    static User Unsaved(JsonNode json) => new()
    {
        Username = json["username"]!.GetValue<string>(),
        Name = json["name"]!.GetValue<string>(),
        Email = json["email"]!.GetValue<string>(),
        Path = json["path"]!.GetValue<string>(),
        Type = WireEnum<UserType>.Parse(json["type"]!.GetValue<string>()),
        IsActive = json["is_active"]!.GetValue<bool>(),
        Attributes = json["attributes"]!.DeepClone().AsObject(),
    };
}
