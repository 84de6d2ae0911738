using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Jobs.Looking;
using Postern.Storage.Objects;

namespace Postern.Events.Tasks;

/// <summary>Doors of background jobs: list, one, figures, retry.</summary>
static class TasksApi
{
    const string Root = "/api/v3/tasks/tasks";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/", ListAsync)
            .Note("Lists background jobs.", answer: "page(Task{message_id:uuid queue_name actor_name state mtime:time retries:int eta:time? rel_obj_app_label rel_obj_model rel_obj_id? uid logs:[json] previous_logs:[json] aggregated_status description?})", query: "aggregated_status? actor_name? page:int? page_size:int?");
        routes.MapGet($"{Root}/status/", StatusAsync)
            .Note("Counts background jobs by state.", answer: "GlobalTaskStatus{queued:int consumed:int preprocess:int running:int postprocess:int rejected:int done:int info:int warning:int error:int}");
        routes.MapGet($"{Root}/{{message_id:guid}}/", async (HttpContext http, Guid message_id, ListJobs jobs) =>
            (await jobs.FindAsync(http.Caller(), message_id, http.RequestAborted)).Succeeded(out var job, out var fault) ? Json(Node(job)) : FaultResult.Of(fault))
            .Note("Answers the background job.", answer: "Task");
        routes.MapPost($"{Root}/{{message_id:guid}}/retry/", async (HttpContext http, Guid message_id, RetryJob retry) =>
            (await retry.ExecuteAsync(http.Caller(), message_id, http.RequestAborted)).Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent())
            .Note("Runs the background job once more.");
    }

    static async Task<IResult> ListAsync(HttpContext http, ListJobs jobs, IPageLimits limits)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        var standing = Standing(http.Request.Query["aggregated_status"].FirstOrDefault() ?? http.Request.Query["state"].FirstOrDefault());
        var found = await jobs.ExecuteAsync(http.Caller(), standing, http.Request.Query["actor_name"].FirstOrDefault(), Skip(request), request.PageSize, http.RequestAborted);
        if (!found.Succeeded(out var page, out var fault))
            return FaultResult.Of(fault);
        return PageEnvelope.Of(new ObjectPage([.. page.Jobs.Select(Node)], page.Count, request.Page, request.PageSize));
    }

    static async Task<IResult> StatusAsync(HttpContext http, ListJobs jobs, CountJobs count)
    {
        // Whoever may not list them may not count them.
        if ((await jobs.ExecuteAsync(http.Caller(), standing: null, kind: null, skip: 0, take: 1, http.RequestAborted)).Fault is { } fault)
            return FaultResult.Of(fault);
        var counts = await count.ExecuteAsync(http.RequestAborted);
        return Json(new JsonObject
        {
            ["queued"] = counts.Planned + counts.Due,
            ["consumed"] = 0,
            ["preprocess"] = 0,
            ["running"] = counts.Running,
            ["postprocess"] = 0,
            ["rejected"] = 0,
            ["done"] = 0,
            ["info"] = 0,
            ["warning"] = counts.Retrying,
            ["error"] = counts.Failed,
        });
    }

    static int Skip(ListRequest request) => (int)Math.Min(int.MaxValue, (Math.Max(1, request.Page) - 1L) * request.PageSize);

    static JobStanding? Standing(string? status) => status switch
    {
        "error" or "rejected" or "done" => JobStanding.Failed,
        "warning" => JobStanding.Retrying,
        "running" or "consumed" => JobStanding.Running,
        "queued" => JobStanding.Waiting,
        _ => null,
    };

    static JsonObject Node(JobView job) => new()
    {
        ["message_id"] = job.Pk,
        ["queue_name"] = "default",
        ["actor_name"] = job.Kind,
        ["state"] = job.Standing switch { JobStanding.Failed => "rejected", JobStanding.Running => "running", _ => "queued" },
        ["mtime"] = WireTime.Of(job.FailedAt ?? job.CreatedAt),
        ["retries"] = Math.Max(0, job.Attempts - 1),
        ["eta"] = WireTime.Of(job.RunAt),
        ["rel_obj_app_label"] = "",
        ["rel_obj_model"] = "",
        ["rel_obj_id"] = null,
        ["uid"] = job.Repeats ? job.Kind : job.Pk.ToString(),
        ["logs"] = Logs(job),
        ["previous_logs"] = new JsonArray(),
        ["aggregated_status"] = job.Standing switch { JobStanding.Failed => "error", JobStanding.Retrying => "warning", JobStanding.Running => "running", _ => "queued" },
        ["description"] = null,
    };

    static JsonArray Logs(JobView job) => job.LastError.Length == 0 ? [] : new JsonArray(new JsonObject
    {
        ["timestamp"] = WireTime.Of(job.FailedAt ?? job.CreatedAt),
        ["log_level"] = "error",
        ["logger"] = job.Kind,
        ["event"] = job.LastError,
        ["attributes"] = new JsonObject(),
    });

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}

/// <summary>Times as the wire writes them.</summary>
static class WireTime
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
