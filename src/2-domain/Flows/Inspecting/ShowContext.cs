using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Storage.Kinds;

namespace Postern.Flows.Inspecting;

/// <summary>What a run knows as people may see it: objects by their names, secrets as stars.</summary>
sealed class ShowContext(KindRegistry kinds, IEnumerable<IPlanSecrets> secrets)
{
    const string Stars = "********************";

    static readonly string[] telling = ["password", "secret", "token", "private_key", "code"];

    public async ValueTask<JsonObject> OfAsync(PlanContext context, CancellationToken cancellation)
    {
        var hidden = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in secrets)
            hidden.UnionWith(await source.KeysAsync(cancellation));
        return Map(context, hidden);
    }

    JsonObject Map(IEnumerable<KeyValuePair<string, object?>> map, HashSet<string> hidden) =>
        new(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, IsSecret(p.Key, hidden) && p.Value is not null ? Stars : Value(p.Value, hidden))));

    JsonNode? Value(object? value, HashSet<string> hidden) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        DateTimeOffset time => time,
        Guid uuid => uuid,
        User user => new JsonObject { ["pk"] = user.Pk, ["username"] = user.Username, ["email"] = user.Email, ["is_active"] = user.IsActive },
        JsonObject map => Map(map.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)), hidden),
        JsonValue plain => plain.DeepClone(),
        IEnumerable<KeyValuePair<string, object?>> map => Map(map, hidden),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(v => Value(v, hidden))]),
        _ when kinds.Of(value.GetType()) is { } kind => $"{kind.Label} {kind.NameOf(value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    static bool IsSecret(string key, HashSet<string> hidden) => hidden.Contains(key) || Array.Exists(telling, t => key.Contains(t, StringComparison.OrdinalIgnoreCase));
}
