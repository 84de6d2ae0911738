using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Expressions;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Policies.Expressions;

namespace Postern.Policies.Testing;

/// <summary><c>POST policies/expression/check/</c>: what a look through an expression finds, without running it. Editors ask while somebody writes.</summary>
static class CheckExpressionApi
{
    public static async Task<IResult> ExecuteAsync(HttpContext http, CheckExpression check)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        return Read(body).Succeeded(out var input, out var fault) ? Findings(check.Of(input.Source, input.Use)) : FaultResult.Of(fault);
    }

    static Result<(string Source, ExpressionUse Use)> Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        if (!body.TryGetProperty("expression", out var source) || source.ValueKind is not JsonValueKind.String)
            return Fault.Field("expression", "This field is required.");
        var use = ExpressionUse.Policy;
        if (body.TryGetProperty("use", out var given) && !(given.ValueKind is JsonValueKind.String && WireEnum<ExpressionUse>.TryParse(given.GetString(), out use)))
            return Fault.Field("use", $"Must be one of: {string.Join(", ", WireEnum<ExpressionUse>.All)}.");
        return (source.GetString()!, use);
    }

    static WireJson Findings(IReadOnlyList<ScriptDiagnostic> findings) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("severity", WireEnum<ScriptSeverity>.Name(finding.Severity));
            writer.WriteString("code", finding.Code);
            writer.WriteString("message", finding.Message);
            writer.WriteNumber("line", finding.Line);
            writer.WriteNumber("column", finding.Column);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
