using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications.Mappings;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage;

namespace Postern.Authenticators.Sms;

/// <summary>What the mapping of a stage makes of a message. A failing one leaves an event in the caller's transaction.</summary>
sealed class MapSms(PosternDb db, ExpressionRunner expressions, RecordEvent events)
{
    /// <summary>False when the mapping failed. Null where there is none, or where it returned nothing.</summary>
    public async ValueTask<(bool Succeeded, JsonNode? Made)> ExecuteAsync(SmsStage stage, SmsDevice device, string code, User owner, HttpContext http, CancellationToken cancellation)
    {
        if (stage.Mapping is not { } pk || await db.Set<PropertyMapping>().AsNoTracking().FirstOrDefaultAsync(m => m.Pk == pk, cancellation) is not { } mapping)
            return (true, null);
        var caller = http.Caller();
        var input = new ExpressionInput
        {
            Name = mapping.Name,
            Request = new PolicyRequest { User = owner, Caller = caller, Http = HttpFacts.Of(http, caller.ClientIp) },
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["device"] = device, ["token"] = code, ["stage"] = stage },
        };
        var result = await expressions.RunAsync(mapping.Expression, input, cancellation);
        if (result.Error is not { } error)
            return (true, JsonSerializer.SerializeToNode(result.Value));
        events.Add(caller, EventAction.PropertyMappingException, "authentik_stages_authenticator_sms", new JsonObject
        {
            ["message"] = $"Failed to evaluate property-mapping: '{mapping.Name}'",
            ["exception"] = error.Message,
            ["line"] = error.Line,
            ["mapping"] = ObjectPart.Of(PropertyMappingKind.Kind, mapping),
            ["stage"] = ObjectPart.Of(SmsStage.Kind, stage),
        });
        return (false, null);
    }
}
