using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Events;
using Postern.Events.Recording;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Token;

/// <summary>Something was shown a second time that may be shown once: everything of its grant is taken back, because nobody knows which of the two was the thief.</summary>
sealed class ReuseAlarm(PosternDb db, TokenStore store, RecordEvent events)
{
    public async Task RaiseAsync(Guid grant, string message, TokenCall call, CancellationToken cancellation)
    {
        var context = new JsonObject { ["message"] = message, ["application"] = ObjectPart.Of(ApplicationKind.Kind, call.Client.Application!) };
        await db.InTransactionAsync(
            async () =>
            {
                await store.RevokeGrantAsync(grant, cancellation);
                await events.SaveAsync(call.Http.Caller(), EventAction.SuspiciousRequest, "authentik_providers_oauth2", context, actor: null, cancellation);
                return true;
            },
            _ => true, cancellation);
    }
}
