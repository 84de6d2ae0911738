using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Jobs.Looking;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Events.Tasks;

/// <summary>Doors of schedules and workers.</summary>
static class SchedulesApi
{
    const string Root = "/api/v3/tasks/schedules";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/", ListAsync)
            .Note("Lists what runs by itself, and when.", answer: "page(Schedule{id:uuid identifier? uid? actor_name rel_obj_app_label rel_obj_model rel_obj_id? crontab paused:bool next_run:time description? last_task_status?})", query: "actor_name? paused:bool? search? page:int? page_size:int?");
        routes.MapGet($"{Root}/{{id:guid}}/", async (HttpContext http, Guid id, ListSchedules schedules) =>
            (await FindAsync(http, id, schedules)).Succeeded(out var schedule, out var fault) ? Json(Node(schedule)) : FaultResult.Of(fault))
            .Note("Answers the schedule.", answer: "Schedule");
        routes.MapPut($"{Root}/{{id:guid}}/", (HttpContext http, Guid id, ListSchedules schedules, ChangeSchedule change) => SaveAsync(http, id, schedules, change, isWhole: true))
            .Note("Replaces what is set on the schedule.", answer: "Schedule", body: "ScheduleRequest{crontab paused:bool?}");
        routes.MapPatch($"{Root}/{{id:guid}}/", (HttpContext http, Guid id, ListSchedules schedules, ChangeSchedule change) => SaveAsync(http, id, schedules, change, isWhole: false))
            .Note("Changes the schedule.", answer: "Schedule", body: "PatchedScheduleRequest{crontab? paused:bool?}");
        routes.MapPost($"{Root}/{{id:guid}}/send/", async (HttpContext http, Guid id, ChangeSchedule change) =>
            (await change.SendAsync(http.Caller(), id, http.RequestAborted)).Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent())
            .Note("Runs the schedule now.");
        routes.MapGet("/api/v3/tasks/workers/", async (HttpContext http, ListWorkers workers) =>
            (await workers.ExecuteAsync(http.Caller(), http.RequestAborted)).Succeeded(out var found, out var fault) ? Json(new JsonArray([.. found.Select(Node)])) : FaultResult.Of(fault))
            .Note("Lists the processes that run background jobs.", answer: "[Worker{worker_id version version_matching:bool}]");
    }

    static async Task<IResult> ListAsync(HttpContext http, ListSchedules schedules, IPageLimits limits)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await schedules.ExecuteAsync(http.Caller(), http.RequestAborted)).Succeeded(out var all, out var fault))
            return FaultResult.Of(fault);
        var query = http.Request.Query;
        List<ScheduleView> found =
        [
            .. all.Where(s => (query["actor_name"].FirstOrDefault() is not { Length: > 0 } name || s.Job.Kind == name)
                && (!bool.TryParse(query["paused"].FirstOrDefault(), out var paused) || s.Paused == paused)
                && (request.Search is not { Length: > 0 } text || s.Job.Kind.Contains(text, StringComparison.OrdinalIgnoreCase))),
        ];
        var page = new ObjectPage([], found.Count, request.Page, request.PageSize);
        if (request.Page < 1 || request.Page > page.TotalPages)
            return FaultResult.Of(new Fault.NotFound("page") { Message = "Invalid page." });
        return PageEnvelope.Of(page with { Items = [.. found.Skip((request.Page - 1) * request.PageSize).Take(request.PageSize).Select(Node)] });
    }

    static async Task<Result<ScheduleView>> FindAsync(HttpContext http, Guid id, ListSchedules schedules)
    {
        if (!(await schedules.ExecuteAsync(http.Caller(), http.RequestAborted)).Succeeded(out var all, out var fault))
            return fault;
        return all.FirstOrDefault(s => s.Job.Pk == id) is { } found ? found : new Fault.NotFound("Schedule");
    }

    static async Task<IResult> SaveAsync(HttpContext http, Guid id, ListSchedules schedules, ChangeSchedule change, bool isWhole)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!(await FindAsync(http, id, schedules)).Succeeded(out var schedule, out var missing))
            return FaultResult.Of(missing);
        if (!Read(body, schedule, isWhole).Succeeded(out var paused, out var malformed))
            return FaultResult.Of(malformed);
        return (await change.PauseAsync(http.Caller(), id, paused, http.RequestAborted)).Succeeded(out var changed, out var fault) ? Json(Node(changed)) : FaultResult.Of(fault);
    }

    /// <summary>Whether it shall be paused. Its times belong to the product.</summary>
    static Result<bool> Read(JsonElement body, ScheduleView schedule, bool isWhole)
    {
        var errors = new FieldErrors();
        var (times, paused) = body.ValueKind is JsonValueKind.Object
            ? (body.TryGetProperty("crontab", out var given) ? given : default, body.TryGetProperty("paused", out var flag) ? flag : default)
            : default;
        if (times.ValueKind is JsonValueKind.Undefined && isWhole)
            errors.Add("crontab", "This field is required.");
        else if (times.ValueKind is not JsonValueKind.Undefined && !(times.ValueKind is JsonValueKind.String && times.GetString() == schedule.Crontab))
            errors.Add("crontab", "The times of this schedule cannot be changed.");
        if (paused.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
            errors.Add("paused", "Must be a valid boolean.");
        return errors.Any ? new Fault.Invalid(errors) : paused.ValueKind is JsonValueKind.Undefined ? !isWhole && schedule.Paused : paused.ValueKind is JsonValueKind.True;
    }

    static JsonObject Node(ScheduleView schedule) => new()
    {
        ["id"] = schedule.Job.Pk,
        ["identifier"] = null,
        ["uid"] = schedule.Job.Kind,
        ["actor_name"] = schedule.Job.Kind,
        ["rel_obj_app_label"] = "",
        ["rel_obj_model"] = "",
        ["rel_obj_id"] = null,
        ["crontab"] = schedule.Crontab,
        ["paused"] = schedule.Paused,
        ["next_run"] = WireTime.Of(schedule.Job.RunAt),
        ["description"] = null,
        ["last_task_status"] = schedule.Job.LastError.Length > 0 ? "error" : "done",
    };

    static JsonNode Node(WorkerView worker) => new JsonObject
    {
        ["worker_id"] = worker.Name,
        ["version"] = worker.Version,
        ["version_matching"] = worker.Version == WorkerView.OwnVersion,
    };

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}
