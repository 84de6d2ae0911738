using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows.Plans;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Sources.OAuth;
using Postern.Sources.Providers;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Sources.Matching;

/// <summary>What an account gets from a source: username, name and e-mail address, and what the source's mappings make of its profile, in the order of their names. A mapping that fails is left out and leaves an event.</summary>
sealed class MapProfile(ExpressionRunner expressions, Snapshot<ApplicationPicture> mappings, RecordEvent events, PosternDb db)
{
    public async Task<Dictionary<string, object?>> ExecuteAsync(HttpContext http, OAuthSource source, Identity identity, CancellationToken cancellation)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in new[] { ("username", identity.Username), ("name", identity.Name), ("email", identity.Email) })
        {
            if (value.Length > 0)
                properties[name] = value;
        }
        var picture = await mappings.GetAsync(cancellation);
        foreach (var mapping in source.UserPropertyMappings.Select(picture.Mapping).OfType<OAuthMapping>().OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            if (await RunAsync(http, mapping, source, identity, properties, cancellation) is IDictionary<string, object?> made)
                PlainValue.Merge(properties, made);
        }
        foreach (var empty in properties.Where(p => p.Value is null).Select(p => p.Key).ToList())
            properties.Remove(empty);
        return properties;
    }

    async Task<object?> RunAsync(HttpContext http, OAuthMapping mapping, OAuthSource source, Identity identity, Dictionary<string, object?> properties, CancellationToken cancellation)
    {
        var request = new PolicyRequest { Caller = http.Caller(), HttpContext = http };
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["info"] = PlainValue.Of(identity.Info),
            ["token"] = PlainValue.Of(identity.Token),
            ["client"] = null,
            ["source"] = source,
            ["properties"] = properties,
        };
        var result = await expressions.RunAsync(mapping.Expression, new ExpressionInput { Name = mapping.Name, Request = request, Variables = variables }, cancellation);
        if (result.Error is { Skips: false } error)
        {
            var context = new JsonObject { ["message"] = $"Failed to evaluate property-mapping: '{mapping.Name}'", ["error"] = error.Message, ["line"] = error.Line };
            await events.SaveAsync(http.Caller(), EventAction.PropertyMappingException, "authentik_sources_oauth", context, actor: null, cancellation);
            db.ChangeTracker.Clear();
        }
        return result.Value;
    }
}
