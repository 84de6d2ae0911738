using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Sources.Connections;

/// <summary>Makes an account elsewhere stand for a user, with the event <c>source_linked</c>, in the caller's transaction.</summary>
sealed class Connect(PosternDb db, RecordEvent events, TimeProvider clock)
{
    public const string Taken = "This account is connected to somebody already.";

    public Task<OAuthConnection?> FindAsync(Guid source, string identifier, CancellationToken cancellation) =>
        db.Set<OAuthConnection>().AsNoTracking().FirstOrDefaultAsync(c => c.SourcePk == source && c.Identifier == identifier, cancellation);

    /// <summary>Whether nobody has the account yet; whoever asks next waits until this transaction is over.</summary>
    public async ValueTask<bool> IsFreeAsync(Guid source, string identifier, CancellationToken cancellation)
    {
        await db.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, $"source {source:N} {identifier}");
        return await FindAsync(source, identifier, cancellation) is null;
    }

    /// <summary>The new connection; the caller's save stores it.</summary>
    public OAuthConnection Add(Caller caller, Source source, string identifier, User user)
    {
        var now = clock.GetUtcNow();
        var connection = new OAuthConnection { UserPk = user.Pk, SourcePk = source.Pk, Identifier = identifier, Created = now, LastUpdated = now };
        db.Add(connection);
        var context = new JsonObject { ["source"] = ObjectPart.Of(SourceKind.Kind, source), ["identifier"] = identifier };
        events.Add(caller, EventAction.SourceLinked, "authentik_core", context, EventActor.Of(user.Pk, user.Username, user.Email));
        return connection;
    }
}
