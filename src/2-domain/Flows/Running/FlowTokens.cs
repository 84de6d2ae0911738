using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Flows.Plans;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Flows.Running;

/// <summary>Links that resume a flow in any browser: the plan is kept under the hash of a random key.</summary>
public sealed class FlowTokens
{
    public const string Invalid = "This link is invalid or has expired. Please request a new one.";

    const int KeyLength = 48;

    readonly PosternDb db;
    readonly PlanJson json;
    readonly TimeProvider clock;

    internal FlowTokens(PosternDb db, PlanJson json, TimeProvider clock) => (this.db, this.json, this.clock) = (db, json, clock);

    /// <summary>Keeps the plan and answers the key for the link; a token of the same identifier is replaced.</summary>
    public async ValueTask<Secret> CreateAsync(string identifier, Plan plan, DateTimeOffset expires, bool revokeOnExecution, CancellationToken cancellation)
    {
        var key = RandomText.Alphanumeric(KeyLength);
        await db.ExecuteAsync(
            """
            INSERT INTO flow_token (key_hash, identifier, flow_pk, user_pk, plan, expires, revoke_on_execution) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)
            ON CONFLICT (identifier) DO UPDATE SET key_hash = excluded.key_hash, flow_pk = excluded.flow_pk, user_pk = excluded.user_pk,
                plan = excluded.plan, expires = excluded.expires, revoke_on_execution = excluded.revoke_on_execution
            """,
            cancellation,
            Hash(key), identifier, plan.FlowPk, plan.Context.PendingUser is { Pk: > 0 } user ? user.Pk : DBNull.Value, json.Write(plan).ToJsonString(), expires, revokeOnExecution);
        return new Secret(key);
    }

    /// <summary>The plan behind a link's key, marked as restored; null when the key is unknown, expired, or of another flow.</summary>
    internal async ValueTask<Plan?> RestoreAsync(string key, Flow flow, string origin, CancellationToken cancellation)
    {
        string stored, identifier;
        bool revoke;
        await using (var rows = await db.ReadAsync(
            "SELECT plan, identifier, revoke_on_execution FROM flow_token WHERE key_hash = $1 AND flow_pk = $2 AND expires > $3",
            cancellation, Hash(key), flow.Pk, clock.GetUtcNow()))
        {
            if (!await rows.ReadAsync(cancellation))
                return null;
            (stored, identifier, revoke) = (rows.GetString(0), rows.GetString(1), rows.GetBoolean(2));
        }
        var plan = await json.ReadAsync(JsonNode.Parse(stored)!.AsObject(), cancellation);
        // Deleting by key lets one of two visitors at once through, not both.
        if (plan is null || (revoke && await db.ExecuteAsync("DELETE FROM flow_token WHERE key_hash = $1", cancellation, Hash(key)) == 0))
            return null;
        var restored = new Plan { FlowPk = plan.FlowPk, Origin = origin, StartedAt = clock.GetUtcNow(), Stages = plan.Stages, Context = plan.Context };
        restored.Context[PlanContext.IsRestoredKey] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["identifier"] = identifier, ["key_hash"] = Convert.ToHexString(Hash(key)) };
        return restored;
    }

    /// <summary>Ends the link a restored run came by; false when it was ended already.</summary>
    public async ValueTask<bool> RevokeAsync(Plan restored, CancellationToken cancellation) =>
        restored.Context.TryGetValue(PlanContext.IsRestoredKey, out var value)
        && value is IDictionary<string, object?> token
        && token.TryGetValue("key_hash", out var hash) && hash is string hex
        && await db.ExecuteAsync("DELETE FROM flow_token WHERE key_hash = $1", cancellation, Convert.FromHexString(hex)) > 0;

    static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
