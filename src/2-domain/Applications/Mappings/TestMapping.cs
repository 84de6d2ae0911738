using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Expressions;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Expressions;
using Postern.Policies.Testing;

namespace Postern.Applications.Mappings;

/// <summary>Tries a property mapping for a user and a context.</summary>
public sealed class TestMapping(TryExpression trial)
{
    /// <summary>Faults: as <see cref="TryExpression"/>.</summary>
    public Task<Result<ExpressionTrial>> ExecuteAsync(Caller caller, string lookup, TrialSubject subject, CancellationToken cancellation) =>
        trial.ExecuteAsync(caller, PropertyMappingKind.Kind, lookup, Expression, subject, cancellation);

    static TriedExpression Expression(object entity)
    {
        var mapping = (PropertyMapping)entity;
        return new(mapping.Name, mapping.Expression, ExpressionUse.Mapping, static context =>
        {
            var variables = context.ToDictionary(c => c.Key, c => (object?)c.Value, StringComparer.Ordinal);
            variables.TryAdd("provider", null);
            return variables;
        });
    }
}

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
        if (!(await test.ExecuteAsync(http.Caller(), lookup, input, http.RequestAborted)).Succeeded(out var trial, out var fault))
            return FaultResult.Of(fault);
        var error = trial.Result.Error;
        var isFormatted = string.Equals(http.Request.Query["format_result"], "true", StringComparison.OrdinalIgnoreCase);
        var text = error is null ? ScriptValue.ToJson(ScriptValue.From(trial.Result.Value))?.ToJsonString(isFormatted ? Indented : null) ?? "null" : $"Line {error.Line}: {error.Message}";
        return new WireJson(writer => new JsonObject { ["result"] = text, ["successful"] = error is null }.WriteTo(writer));
    })
            .Note("Tries a property mapping.", answer: "PropertyMappingTestResult{result successful:bool}", body: "PropertyMappingTestRequest{user:int? context:json?}", query: "format_result:bool?");

    static Result<TrialSubject> Read(JsonElement body)
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
            return new TrialSubject(user, []);
        return context.ValueKind is JsonValueKind.Object ? new TrialSubject(user, JsonObject.Create(context)!) : Fault.Field("context", "Value must be a dictionary.");
    }
}
