using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Expressions;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage.Objects;

namespace Postern.Applications.Mappings;

/// <summary>Tries a property mapping for a user and a context; what it would write or send is left out. Needs the right to change the mapping, for a trial runs its code.</summary>
sealed class TestMapping(ObjectQuery objects, IAccess access, ExpressionRunner runner)
{
    /// <summary>Faults: not found, forbidden, invalid.</summary>
    public async Task<Result<MappingTrial>> ExecuteAsync(Caller caller, string lookup, int? user, JsonObject context, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(PropertyMappingKind.Kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var mapping = (PropertyMapping)found;
        var kind = PropertyMappingKind.Kind.Of(mapping);
        if (await access.RefuseAsync(caller, kind.Change, kind.KeyOf(mapping), cancellation) is { } refusal)
            return refusal;
        User? subject = null;
        if (user is { } pk)
        {
            if (!(await objects.FindAsync(UserKind.Kind, caller, pk.ToString(CultureInfo.InvariantCulture), tracked: false, cancellation)).Succeeded(out var person, out _))
                return Fault.Field("user", $"Invalid pk \"{pk}\" - object does not exist.");
            subject = (User)person;
        }
        var variables = context.ToDictionary(c => c.Key, c => (object?)c.Value, StringComparer.Ordinal);
        variables.TryAdd("provider", null);
        variables["user"] = subject;
        var result = await runner.RunAsync(
            mapping.Expression, new ExpressionInput { Name = mapping.Name, Request = new PolicyRequest { User = subject, Caller = caller, Debug = true }, Variables = variables }, cancellation);
        return new MappingTrial(result.Error is null, result.Error is { } error ? $"Line {error.Line}: {error.Message}" : ScriptValue.ToJson(ScriptValue.From(result.Value))?.ToJsonString() ?? "null");
    }
}

/// <summary>How a trial ended: the value as JSON, or what went wrong.</summary>
sealed record MappingTrial(bool IsSuccess, string Text);

/// <summary><c>POST propertymappings/all/{pk}/test/</c>.</summary>
static class TestMappingApi
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v3/propertymappings/all/{lookup}/test/", async (HttpContext http, string lookup, TestMapping test) =>
    {
        var (body, wrong) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (wrong is not null)
            return wrong;
        if (!Read(body).Succeeded(out var input, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await test.ExecuteAsync(http.Caller(), lookup, input.User, input.Context, http.RequestAborted)).Succeeded(out var trial, out var fault))
            return FaultResult.Of(fault);
        var isFormatted = string.Equals(http.Request.Query["format_result"], "true", StringComparison.OrdinalIgnoreCase) && trial.IsSuccess;
        var text = isFormatted ? JsonNode.Parse(trial.Text)?.ToJsonString(Indented) ?? "null" : trial.Text;
        return new WireJson(writer => new JsonObject { ["result"] = text, ["successful"] = trial.IsSuccess }.WriteTo(writer));
    })
            .Note("Tries a property mapping.", answer: "PropertyMappingTestResult{result successful:bool}", body: "PropertyMappingTestRequest{user:int? context:json?}", query: "format_result:bool?");

    static Result<(int? User, JsonObject Context)> Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        int? user = null;
        if (body.TryGetProperty("user", out var given) && given.ValueKind is not JsonValueKind.Null)
        {
            if (given.ValueKind is not JsonValueKind.Number || !given.TryGetInt32(out var pk))
                return Fault.Field("user", "Incorrect type. Expected pk value.");
            user = pk;
        }
        if (!body.TryGetProperty("context", out var context) || context.ValueKind is JsonValueKind.Null)
            return (user, new JsonObject());
        return context.ValueKind is JsonValueKind.Object ? (user, JsonObject.Create(context)!) : Fault.Field("context", "Value must be a dictionary.");
    }
}
