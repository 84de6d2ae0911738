using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Directory.Tokens;

/// <summary>Gives expired API tokens another key and life, and deletes other expired tokens. Until it runs they are refused at use.</summary>
sealed class RotateExpired(PosternDb db, RecordEvent events, ITokenDefaults defaults, TimeProvider clock) : IJobHandler
{
    const int Batch = 500;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.Set<Token>().Where(t => t.Expiring && t.Expires <= now && t.Intent != TokenIntent.Api).ExecuteDeleteAsync(cancellation);
        var (lifetime, length) = await defaults.GetAsync(cancellation);
        List<Token> expired;
        do
        {
            expired = await db.Set<Token>().Where(t => t.Expiring && t.Expires <= now && t.Intent == TokenIntent.Api).OrderBy(t => t.Pk).Take(Batch).ToListAsync(cancellation);
            var owners = expired.Select(t => t.UserPk).ToList();
            var users = await db.Set<User>().AsNoTracking().Where(u => owners.Contains(u.Pk)).ToDictionaryAsync(u => u.Pk, cancellation);
            foreach (var token in expired)
            {
                (token.Key, token.Expires) = (RandomText.Alphanumeric(length), now + lifetime);
                var owner = users[token.UserPk];
                var context = new JsonObject { ["message"] = $"Token {token.Identifier}'s secret was rotated.", ["token"] = ObjectPart.Of(TokenKind.Kind, token) };
                events.Add(Caller.System, EventAction.SecretRotate, "authentik_core", context, EventActor.Of(owner.Pk, owner.Username, owner.Email));
            }
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        while (expired.Count == Batch);
    }
}
