using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Rights;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Tokens;

/// <summary>
/// Shows and replaces the key of a token; both leave an event. Whoever knows the key is its owner, so the owner may do no more than the caller.
/// Faults: not found, forbidden, invalid.
/// </summary>
public sealed class TokenKeys(PosternDb db, ObjectQuery objects, IAccess access, RightsCeiling ceiling, RecordEvent events, IAuditTrail audit)
{
    static readonly Permission View = Permission.Parse("authentik_core.view_token_key");
    static readonly Permission Set = Permission.Parse("authentik_core.set_token_key");

    /// <summary>The key. Needs <c>view_token_key</c> on the token, or to be its owner.</summary>
    public async Task<Result<Secret>> ViewAsync(Caller caller, string identifier, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(TokenKind.Kind, caller, identifier, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var token = (Token)found;
        if ((await access.RefuseAsync(caller, View, TokenKind.Kind, token, cancellation) ?? await ceiling.RefuseAsync(caller, token.UserPk, cancellation)) is { } refusal)
            return refusal;
        await events.SaveAsync(caller, EventAction.SecretView, "authentik_core", new JsonObject { ["secret"] = ObjectPart.Of(TokenKind.Kind, token) }, actor: null, cancellation);
        return new Secret(token.Key);
    }

    /// <summary>Gives the token another key. Needs <c>set_token_key</c> on it.</summary>
    public async Task<Result<Unit>> SetAsync(Caller caller, string identifier, Secret key, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(TokenKind.Kind, caller, identifier, tracked: true, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var token = (Token)found;
        if ((await access.RefuseAsync(caller, Set, TokenKind.Kind.KeyOf(token), cancellation) ?? await ceiling.RefuseAsync(caller, token.UserPk, cancellation)) is { } refusal)
            return refusal;
        token.Key = key.Reveal;
        audit.Record(db, caller, ObjectChange.Updated, TokenKind.Kind, token, new JsonObject { ["key"] = new JsonObject { ["previous_value"] = Cleanse.Stars, ["new_value"] = Cleanse.Stars } });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return Fault.Field("key", "This field must be unique.");
        }
        return Unit.Value;
    }
}
