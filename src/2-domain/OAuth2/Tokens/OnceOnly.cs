using Postern.Storage;

namespace Postern.OAuth2.Tokens;

/// <summary>Remembers names that may be used once, on all nodes, for as long as they could be used. Asked before a transaction begins, so that a refusal does not forget.</summary>
sealed class OnceOnly(PosternDb db)
{
    /// <summary>True for the first use of the name.</summary>
    public async Task<bool> UseAsync(string name, DateTimeOffset until, CancellationToken cancellation) =>
        await db.ExecuteAsync("INSERT INTO oauth2_used_name (hash, expires) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation, TokenText.HashOf(name), until) == 1;
}
