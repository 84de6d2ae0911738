using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.OAuth2.Clients;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;

namespace Postern.OAuth2.Discovery;

/// <summary>Which claims a client's mappings tell, found by asking them about nobody; a look changes nothing.</summary>
static class ClaimNames
{
    public static async ValueTask<JsonObject> OfAsync(Client client, IServiceProvider services, CancellationToken cancellation)
    {
        var names = new JsonObject();
        var runner = services.GetRequiredService<ExpressionRunner>();
        foreach (var mapping in client.Scopes)
        {
            var input = new ExpressionInput { Name = mapping.Name, Request = new PolicyRequest { Debug = true }, Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["provider"] = null } };
            if ((await runner.RunAsync(mapping.Expression, input, cancellation)).Value is IDictionary<string, object?> told)
            {
                foreach (var name in told.Keys)
                    names[name] = true;
            }
        }
        return names;
    }
}
