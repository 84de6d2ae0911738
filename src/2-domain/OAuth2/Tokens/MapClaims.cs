using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Applications.Mappings;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.OAuth2.Clients;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage;

namespace Postern.OAuth2.Tokens;

/// <summary>What the granted scopes tell about a person: their mappings in order of scope, merged. A mapping that fails is left out and leaves an event; in a trial it leaves none.</summary>
sealed class MapClaims(ExpressionRunner expressions, RecordEvent events, PosternDb db)
{
    public async ValueTask<JsonObject> ExecuteAsync(Client client, User? user, string scope, HttpContext? http, CancellationToken cancellation, bool trial = false, string[]? groups = null)
    {
        var scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var claims = new Dictionary<string, object?>(StringComparer.Ordinal);
        PolicyRequest? request = null;
        foreach (var mapping in client.Scopes.Where(m => scopes.Contains(m.ScopeName, StringComparer.Ordinal)))
        {
            if (user is not null && client.Shipped.GetValueOrDefault(mapping.Pk) is { } shipped)
            {
                Merge(claims, await shipped(user, groups, db, cancellation));
                continue;
            }
            request ??= new PolicyRequest { User = user, Caller = http?.Caller() ?? Caller.Anonymous, Http = http is null ? null : HttpFacts.Of(http, http.Caller().ClientIp), Debug = trial };
            if (await RunAsync(mapping, client, request, cancellation) is IDictionary<string, object?> told)
                Merge(claims, told);
        }
        return JsonSerializer.SerializeToNode(claims) as JsonObject ?? [];
    }

    async ValueTask<object?> RunAsync(ScopeMapping mapping, Client client, PolicyRequest request, CancellationToken cancellation)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["provider"] = client.Provider };
        var result = await expressions.RunAsync(mapping.Expression, new ExpressionInput { Name = mapping.Name, Request = request, Variables = variables }, cancellation);
        if (result.Error is { Skips: false } error && !request.Debug)
        {
            var context = new JsonObject { ["message"] = $"Failed to evaluate property-mapping: '{mapping.Name}'", ["error"] = error.Message, ["line"] = error.Line };
            await events.SaveAsync(request.Caller, EventAction.ConfigurationError, "authentik_providers_oauth2", context, actor: null, cancellation);
            db.ChangeTracker.Clear();
        }
        return result.Value;
    }

    static void Merge(IDictionary<string, object?> into, IDictionary<string, object?> from) => Flows.Plans.PlainValue.Merge(into, from);
}
