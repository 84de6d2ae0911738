using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Sources.Connections;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Sources.Matching;

/// <summary>A stage that plans of sources get: connects the account elsewhere with the one here.</summary>
sealed class LinkStage : Stage
{
    public static readonly ModelKind<LinkStage> Kind = StageKind.DeclareInternal<LinkStage>("authentik_sources_oauth.linkstage", static _ => { });
}

/// <summary>Connects whom the run is about.</summary>
sealed class RunLink(CompleteLink link) : IStage<LinkStage>
{
    public async ValueTask<StageOutcome> StartAsync(LinkStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.Context.PendingUser is not { Pk: > 0, IsActive: true } user)
            return StageOutcome.Deny(null);
        if (await link.CompleteAsync(run, cancellation) is { } refusal)
            return StageOutcome.Deny(refusal);
        await link.ConnectAsync(run, user, cancellation);
        return StageOutcome.Done;
    }

    public ValueTask<StageOutcome> AnswerAsync(LinkStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);
}

/// <summary>A new account is connected in the transaction that makes it: nobody has one without the other.</summary>
sealed class CompleteLink(PosternDb db, Connect connect) : IFlowCompletion
{
    const string SourcesAttribute = "goauthentik.io/user/sources";

    public async ValueTask<string?> CompleteAsync(StageRun run, CancellationToken cancellation) =>
        Pending(run) is { } connection && !await connect.IsFreeAsync(connection.SourcePk, connection.Identifier, cancellation) ? Connect.Taken : null;

    public async ValueTask AccountMadeAsync(StageRun run, User user, CancellationToken cancellation)
    {
        if (Pending(run) is null || Of(run) is not { } source)
            return;
        var attributes = user.Attributes.DeepClone().AsObject();
        var names = attributes[SourcesAttribute] as JsonArray ?? [];
        names.Add(source.Name);
        attributes[SourcesAttribute] = names.DeepClone();
        user.Attributes = attributes;
        await ConnectAsync(run, user, cancellation);
    }

    /// <summary>Writes the connection, unless it is there.</summary>
    public async ValueTask ConnectAsync(StageRun run, User user, CancellationToken cancellation)
    {
        if (Pending(run) is not { } pending || Of(run) is not { } source)
            return;
        run.Context[EnterSource.ConnectionKey] = connect.Add(run.Http.Caller(), source, pending.Identifier, user);
        await db.SaveChangesAsync(cancellation);
    }

    static OAuthConnection? Pending(StageRun run) => run.Context.TryGetValue(EnterSource.ConnectionKey, out var value) && value is OAuthConnection { Pk: 0 } connection ? connection : null;

    static Source? Of(StageRun run) => run.Context.TryGetValue(EnterSource.SourceKey, out var value) ? value as Source : null;
}
