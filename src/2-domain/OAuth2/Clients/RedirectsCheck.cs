using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.OAuth2.Clients;

/// <summary>Providers that do not say where their application lives, or say it too loosely.</summary>
sealed class RedirectsCheck(PosternDb db) : ICheck
{
    const string Empty = "SELECT name FROM provider WHERE config->'redirect_uris' = '[]' ORDER BY name LIMIT 20";
    const string Loose = """
        SELECT name, r->>'url' FROM provider, jsonb_array_elements(CASE WHEN jsonb_typeof(config->'redirect_uris') = 'array' THEN config->'redirect_uris' ELSE '[]' END) r
        WHERE r->>'matching_mode' = 'regex' AND r->>'url' IN ('.*', '.+', '^.*$', '^.+$', 'https://.*', '^https://.*$') ORDER BY name LIMIT 20
        """;

    public string Name => "redirect addresses";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        await using (var rows = await db.ReadAsync(Empty, cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                findings.Add(Finding.Warning($"The provider {rows.GetString(0)} has no redirect address.", "Enter those of its application under Applications > Providers."));
        }
        await using (var rows = await db.ReadAsync(Loose, cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                findings.Add(Finding.Error($"The provider {rows.GetString(0)} sends codes to any address ({rows.GetString(1)}).", "Name the addresses of its application, with strict matching."));
        }
        return findings.Count > 0 ? findings : [Finding.Good("Every provider names its redirect addresses.")];
    }
}
