using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postern.Directory.Sessions;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Sources.Protocol;

/// <summary>What a browser that was sent to a source is remembered by until it comes back.</summary>
/// <param name="Query">Of the page it set out from: where to go on to, and an invitation.</param>
/// <param name="Flow">Flow of that page; empty for none.</param>
/// <param name="UserPk">Who is signed in: they want the account connected to their own, or come from a flow to sign in anew. Null for whoever signs in.</param>
/// <param name="Identifier">The account that waits for a yes to being connected; empty before.</param>
sealed record Attempt(string Nonce, string Verifier, string Query, string Flow, int? UserPk, string Identifier)
{
    /// <summary>Nobody is to be signed in: whoever is signed in asked for a connection, on a page of their own.</summary>
    public bool Connects => UserPk is not null && Flow.Length == 0;
}

/// <summary>Attempts by their state, which belongs to one session and is good for one return.</summary>
sealed class Attempts(PosternDb db, BrowserSession browser, Seal seal, TimeProvider clock)
{
    const string Purpose = "sources/attempt";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Remembers the attempt in the browser's session; answers the state.</summary>
    public async Task<string> KeepAsync(HttpContext http, Source source, Attempt attempt, CancellationToken cancellation)
    {
        var (state, now) = (RandomText.Alphanumeric(40), clock.GetUtcNow());
        await db.InTransactionAsync(
            async () =>
            {
                var session = await browser.RequireAsync(http, cancellation);
                await db.SaveChangesAsync(cancellation);
                await db.ExecuteAsync("DELETE FROM source_attempt WHERE expires < $1", cancellation, now);
                return await db.ExecuteAsync(
                    "INSERT INTO source_attempt (state_hash, session_uuid, source_pk, details, expires) VALUES ($1, $2, $3, $4, $5)", cancellation,
                    seal.Hash(Purpose, state), session.Uuid, source.Pk, seal.Close(Purpose, JsonSerializer.SerializeToUtf8Bytes(attempt)), now + Patience);
            },
            static _ => true, cancellation);
        return state;
    }

    /// <summary>The attempt, which is over with this; null for none of this browser and source.</summary>
    public async Task<Attempt?> TakeAsync(Source source, string state, CancellationToken cancellation)
    {
        if (state.Length is 0 or > 200 || browser.Uuid is not { } session)
            return null;
        var details = await db.ScalarAsync<string>(
            "DELETE FROM source_attempt WHERE state_hash = ANY ($1) AND session_uuid = $2 AND source_pk = $3 AND expires > $4 RETURNING details", cancellation,
            seal.Hashes(Purpose, state).ToArray(), session, source.Pk, clock.GetUtcNow());
        return details is not null && seal.Open(Purpose, details) is { } bytes ? JsonSerializer.Deserialize<Attempt>(bytes) : null;
    }
}
