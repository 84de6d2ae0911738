using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Blueprints.Importing;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Flows.Versions;

/// <summary>Doors to the versions of a flow: what there are, what each holds, what reverting to it would change, and reverting.</summary>
static class VersionsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v3/flows/instances/{slug}/versions/");
        group.MapGet("", ListAsync)
            .Note("Lists the versions of the flow, newest first.", answer: "[FlowVersion{number:int created:time person:int? username? changes:[VersionChange{change model name}]}]");
        group.MapGet("{number:int}/", ShowAsync)
            .Note("Answers a version of the flow with the blueprint that brings it back.", answer: "FlowVersionContent{number:int created:time person:int? username? changes:[VersionChange] content}");
        group.MapGet("{number:int}/plan/", PlanAsync).Note("Answers what reverting the flow to the version would change.", answer: "json");
        group.MapPost("{number:int}/revert/", RevertAsync).Note("Reverts the flow to the version.", answer: "json");
    }

    static async Task<IResult> ListAsync(HttpContext http, string slug, ReadVersions versions)
    {
        if (!(await versions.ListAsync(http.Caller(), slug, http.RequestAborted)).Succeeded(out var found, out var fault))
            return FaultResult.Of(fault);
        return new WireJson(writer =>
        {
            writer.WriteStartArray();
            foreach (var version in found)
                Write(writer, version);
            writer.WriteEndArray();
        });
    }

    static async Task<IResult> ShowAsync(HttpContext http, string slug, int number, ReadVersions versions) =>
        (await versions.FindAsync(http.Caller(), slug, number, http.RequestAborted)).Succeeded(out var found, out var fault)
            ? new WireJson(writer => Write(writer, found.Version))
            : FaultResult.Of(fault);

    static Task<IResult> PlanAsync(HttpContext http, string slug, int number, RevertFlow revert) => AnswerAsync(http, slug, number, revert, isPlan: true);

    static Task<IResult> RevertAsync(HttpContext http, string slug, int number, RevertFlow revert) => AnswerAsync(http, slug, number, revert, isPlan: false);

    static async Task<IResult> AnswerAsync(HttpContext http, string slug, int number, RevertFlow revert, bool isPlan)
    {
        if (!(await revert.ExecuteAsync(http.Caller(), slug, number, isPlan, http.RequestAborted)).Succeeded(out var reversion, out var fault))
            return FaultResult.Of(fault);
        var report = reversion.Report;
        if (report.Denied.Count > 0)
            return new WireJson(writer => JsonSerializer.Serialize(writer, report.Denied), StatusCodes.Status403Forbidden);
        var answer = isPlan ? ReportJson.OfPlan(report) : ReportJson.Of(report);
        return new WireJson(writer => answer.WriteTo(writer), report.IsSuccess ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    static void Write(Utf8JsonWriter writer, FlowVersion version)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", version.Number);
        writer.WritePropertyName("created");
        WireValue.Write(writer, version.Created);
        writer.WritePropertyName("person");
        WireValue.Write(writer, version.Person);
        writer.WriteString("username", version.Username);
        writer.WriteStartArray("changes");
        foreach (var change in version.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("change", WireEnum<VersionChangeKind>.Name(change.Change));
            writer.WriteString("model", change.Model);
            writer.WriteString("name", change.Name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (version.Content.Length > 0)
            writer.WriteString("content", version.Content);
        writer.WriteEndObject();
    }
}
