using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Expressions;
using Postern.Kernel;
using Postern.Policies.Engine;

namespace Postern.Policies.Testing;

/// <summary><c>POST policies/all/{pk}/test/</c>.</summary>
static class TestPolicyApi
{
    public static async Task<IResult> ExecuteAsync(HttpContext http, string lookup, TestPolicy test)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        if (!Guid.TryParse(lookup, out var policy))
            return FaultResult.Of(new Fault.NotFound(PolicyKind.Kind.Label));
        if (!Read(body).Succeeded(out var input, out var fault))
            return FaultResult.Of(fault);
        var facts = HttpFacts.Of(http, http.Caller().ClientIp);
        var tested = await test.ExecuteAsync(http.Caller(), policy, input.User, input.Context, facts, http.RequestAborted);
        return tested.Succeeded(out var outcome, out var failure) ? new WireJson(writer => Write(writer, outcome)) : FaultResult.Of(failure);
    }

    static Result<(int User, JsonObject Context)> Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        if (!body.TryGetProperty("user", out var user))
            return Fault.Field("user", "This field is required.");
        if (user.ValueKind is not JsonValueKind.Number || !user.TryGetInt32(out var pk))
            return Fault.Field("user", "Incorrect type. Expected pk value, received str.");
        if (!body.TryGetProperty("context", out var context))
            return (pk, new JsonObject());
        return JsonObject.Create(context) is { } given && context.ValueKind is JsonValueKind.Object ? (pk, given) : Fault.Field("context", "Value must be a dictionary.");
    }

    static void Write(Utf8JsonWriter writer, PolicyOutcome outcome)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passing", outcome.Passing);
        VerdictJson.Texts(writer, "messages", outcome.Verdict.Messages);
        VerdictJson.Log(writer, "log_messages", outcome.Verdict.Log);
        writer.WriteString("result", outcome.Verdict.RawResult is { } value ? Text(value) : null);
        writer.WriteNumber("steps", outcome.Verdict.Steps);
        writer.WriteNumber("elapsed_ms", Math.Round(outcome.Elapsed.TotalMilliseconds, 3));
        writer.WriteStartArray("variables");
        foreach (var variable in outcome.Verdict.Variables)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", variable.Line);
            writer.WriteString("name", variable.Name);
            writer.WriteString("value", variable.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Objects of the product have no script form of their own here; their text says enough.
    static string Text(object value)
    {
        try
        {
            return ScriptValue.Represent(ScriptValue.From(value));
        }
        catch (ArgumentException)
        {
            return value.ToString() ?? "";
        }
    }
}
