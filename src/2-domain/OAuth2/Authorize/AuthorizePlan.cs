using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Applications.Mappings;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.OAuth2.Clients;
using Postern.Policies.Engine;
using Postern.Storage.Kinds;

namespace Postern.OAuth2.Authorize;

/// <summary>What the authorization flow is told, and the stages that the request adds to it.</summary>
sealed class AuthorizePlan(KindRegistry kinds)
{
    const string ConsentKind = "authentik_stages_consent.consentstage";

    /// <summary>The application, and what consent is asked for.</summary>
    public static PlanContext Context(AuthorizeRequest request)
    {
        var context = Context(request.Client, request.Scope);
        foreach (var (name, value) in Facts(request))
            context[name] = value;
        return context;
    }

    public static PlanContext Context(Client client, string scope) => new()
    {
        [PlanContext.ApplicationKey] = client.Application,
        ["application_pk"] = client.Application!.Pk,
        ["consent_header"] = $"You're about to sign into {client.Application.Name}.",
        ["consent_permissions"] = Permissions(client, scope),
    };

    /// <summary>The request as the policies of the application see it.</summary>
    public static PolicyRequest ForPolicies(AuthorizeRequest request, User user, HttpContext http) => new()
    {
        User = user,
        Caller = http.Caller(),
        Http = HttpFacts.Of(http, http.Caller().ClientIp),
        Context = Facts(request),
    };

    /// <summary>Puts the end to the flow, and makes it ask for consent where the application wants that.</summary>
    public void Adjust(Plan plan, FlowPicture picture, AuthorizeRequest request, string requestUri)
    {
        if (request.Prompts("consent") && kinds.Find(ConsentKind) is { } kind)
        {
            // The flow's own consent stage may remember an earlier answer; this one asks.
            plan.Stages.RemoveAll(s => s.StagePk is { } pk && picture.Stage(pk)?.GetType() == kind.EntityType);
            plan.Append(AlwaysAsk(kind));
        }
        plan.Append(new IssueStage
        {
            RequestUri = requestUri,
            Parameters = new JsonObject(request.Parameters.All.Where(p => p.Key is not Reauthentication.Parameter).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
        });
    }

    static Stage AlwaysAsk(ModelKind kind)
    {
        var stage = (Stage)kind.New();
        using var mode = JsonDocument.Parse("\"always_require\"");
        var field = kind.Find("mode")!;
        if (field.TryParse(mode.RootElement, out var value, out _))
            field.Set(stage, value);
        return stage;
    }

    static List<object?> Permissions(Client client, string scope)
    {
        var named = client.Scopes.OfType<ScopeMapping>().ToLookup(m => m.ScopeName, m => m.Description, StringComparer.Ordinal);
        return
        [
            .. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(s => (object?)new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["id"] = s, ["name"] = named[s].FirstOrDefault(d => d.Length > 0) ?? "",
            }),
        ];
    }

    static Dictionary<string, object?> Facts(AuthorizeRequest request) => new(StringComparer.Ordinal)
    {
        ["oauth_scopes"] = request.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Cast<object?>().ToList(),
        ["oauth_grant_type"] = request.ResponseType.Grant,
        ["oauth_code_challenge"] = request.Details.Challenge,
        ["oauth_code_challenge_method"] = request.Details.ChallengeMethod,
        ["oauth_max_age"] = request.MaxAge is { } age ? (long)age.TotalSeconds : null,
        ["oauth_redirect_uri"] = request.RedirectUri,
        ["oauth_response_type"] = request.Parameters["response_type"],
    };
}
