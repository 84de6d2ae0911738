using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Sources.Connections;
using Postern.Sources.OAuth;
using Postern.Sources.Protocol;
using Postern.Sources.Providers;
using Postern.Stages.UserLogin;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Sources.Matching;

/// <summary>Leads somebody whom a source has named into the source's flow: that of people with an account, or that of new ones.</summary>
sealed class EnterSource(PosternDb db, MatchUser match, MapProfile map, PolicyEngine policies, EnterFlow enter, KindRegistry kinds)
{
    public const string SourceKey = "source";
    public const string ConnectionKey = "goauthentik.io/sources/connection";
    const string ProfileKey = "oauth_userinfo";
    const string InvitationKind = "authentik_stages_invitation.invitationstage";

    // What an invitation has left in the run that it began, and its completion looks for.
    static readonly string[] Invited = ["invitation", "invitation_in_effect"];

    /// <summary>The flow with its first answer. Faults: forbidden, with the reason; invalid, for a source without the flow that is needed.</summary>
    public async Task<Result<EnteredFlow>> ExecuteAsync(HttpContext http, OAuthSource source, Identity identity, Attempt attempt, CancellationToken cancellation)
    {
        var properties = await map.ExecuteAsync(http, source, identity, cancellation);
        var found = await match.ExecuteAsync(source, identity, properties, cancellation);
        if (found.Refusal is { } refusal)
            return new Fault.Forbidden(refusal);
        var context = Context(source, identity, properties, found);
        var request = new PolicyRequest { User = found.User, Caller = http.Caller(), HttpContext = http, Context = new Dictionary<string, object?>(context, StringComparer.Ordinal), Obj = source };
        var verdict = await policies.EvaluateAsync(source.Pk, source.PolicyEngineMode, request, cancellation);
        if (!verdict.Passing)
            return new Fault.Forbidden(verdict.Messages.Count > 0 ? string.Join('\n', verdict.Messages) : $"You may not sign in with {source.Name}.");
        var query = PageQuery.Parse(attempt.Query);
        var begun = attempt.Flow.Length > 0 ? await enter.FindContextAsync(http, attempt.Flow, query, cancellation) : null;
        if (begun is not null)
            context[PlanContext.IsRedirectedKey] = attempt.Flow;
        if (found.User is not null)
        {
            return source.AuthenticationFlow is { } authentication
                ? await enter.ExecuteAsync(http, authentication, user: null, context, (plan, picture) => Link(plan, picture), Keep, cancellation, query)
                : Fault.Input($"{source.Name} is not set up for people who have an account.");
        }
        if (source.EnrollmentFlow is not { } enrollment)
            return new Fault.Forbidden($"You have no account here yet, and none can be made with {source.Name}.");
        if (properties.GetValueOrDefault("username") is string username && await db.Set<User>().AnyAsync(u => u.Username == username, cancellation))
            context.PromptData.Remove("username");
        CarryInvitation(context, begun);
        return await enter.ExecuteAsync(http, enrollment, user: null, context, (plan, picture) => Invite(plan, picture, query), Keep, cancellation, query);
    }

    static PlanContext Context(OAuthSource source, Identity identity, Dictionary<string, object?> properties, Match found)
    {
        properties.Remove("groups");
        var path = properties.Remove("path", out var mapped) && mapped is string own ? own : source.UserPath;
        var context = new PlanContext
        {
            [SourceKey] = source,
            [ConnectionKey] = found.Connection ?? new OAuthConnection { SourcePk = source.Pk, Identifier = identity.Identifier },
            [ProfileKey] = PlainValue.Of(identity.Info),
            [PlanContext.PromptDataKey] = properties,
            ["is_sso"] = true,
            ["user_path"] = path,
            ["user_backend"] = "authentik.core.auth.InbuiltBackend",
            ["auth_method"] = "oauth",
            ["auth_method_args"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = source.Slug },
        };
        if (found.User is { } user)
        {
            user.Backend = "authentik.core.auth.InbuiltBackend";
            context.PendingUser = user;
        }
        return context;
    }

    /// <summary>The account is connected before anybody is signed in, and after all else that the flow asks of them.</summary>
    static void Link(Plan plan, FlowPicture picture)
    {
        var login = plan.Stages.FindIndex(s => s.StagePk is { } pk && picture.Stage(pk) is UserLoginStage);
        plan.Insert(new LinkStage(), login < 0 ? plan.Stages.Count : login);
    }

    /// <summary>Whoever set out with an invitation takes it along, with what was entered before.</summary>
    static void CarryInvitation(PlanContext context, PlanContext? begun)
    {
        if (begun?.ContainsKey(Invited[0]) != true)
            return;
        foreach (var key in Invited.Where(begun.ContainsKey))
            context[key] = begun[key];
        // The invitation decides what it has decided; the source fills in the rest.
        PlainValue.Merge(context.PromptData, begun.PromptData);
    }

    /// <summary>A flow that does not look for invitations itself looks for that of the link. One that opens nothing refuses: nobody is to find out later that theirs did not count.</summary>
    void Invite(Plan plan, FlowPicture picture, PageQuery query)
    {
        if (query["itoken"] is null || plan.Context.ContainsKey(Invited[0]) || kinds.Find(InvitationKind) is not { } kind || plan.Stages.Any(s => s.StagePk is { } pk && picture.Stage(pk)?.GetType() == kind.EntityType))
            return;
        plan.Insert((Stage)kind.New(), index: 0);
    }

    static bool Keep(FlowAnswer answer) => answer is { RedirectTo: null, Component: not FlowAnswer.DeniedComponent };
}
