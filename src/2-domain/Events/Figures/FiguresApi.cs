using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage.Objects;

namespace Postern.Events.Figures;

/// <summary>Doors of figures over events; all take the filters of the list.</summary>
static class FiguresApi
{
    const string Root = "/api/v3/events/events";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/volume/", VolumeAsync)
            .Note("Counts events by action and time.", answer: "[EventVolume{action time:time count:int}]", query: "history_days:number?");
        routes.MapGet($"{Root}/stats/", StatsAsync)
            .Note("Counts events and the people in them.", answer: "EventStats{unique_users:int count_step:json}", query: "count_steps:[text]?");
        routes.MapGet($"{Root}/top_per_user/", TopAsync)
            .Note("Answers the applications used most.", answer: "[EventTopPerUser{application:json counted_events:int unique_users:int}]", query: "top_n:int? action?");
    }

    static async Task<IResult> VolumeAsync(HttpContext http, CountEvents count, IPageLimits limits)
    {
        if (!TryNumber(http, "history_days", 7, out var days))
            return FaultResult.Of(Fault.Field("history_days", "A valid integer is required."));
        var volume = await (await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted))
            .ThenAsync(request => count.VolumeAsync(http.Caller(), request, days, http.RequestAborted));
        return volume.Succeeded(out var bars, out var fault)
            ? Json(new JsonArray([.. bars.Select(b => new JsonObject { ["action"] = b.Action, ["time"] = Time(b.Time), ["count"] = b.Count })]))
            : FaultResult.Of(fault);
    }

    static async Task<IResult> StatsAsync(HttpContext http, CountEvents count, IPageLimits limits)
    {
        var steps = http.Request.Query["count_steps"].OfType<string>().Where(s => s.Length > 0).ToList();
        var spans = new List<TimeSpan>();
        foreach (var step in steps)
        {
            if (!Duration.TryParse(step, out var span))
                return FaultResult.Of(Fault.Field("count_steps", Duration.Refusal(step)));
            spans.Add(span);
        }
        var stats = await (await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted))
            .ThenAsync(request => count.StatsAsync(http.Caller(), request, spans, http.RequestAborted));
        if (!stats.Succeeded(out var found, out var fault))
            return FaultResult.Of(fault);
        var counted = new JsonObject();
        for (var i = 0; i < steps.Count; i++)
            counted[steps[i].Replace('=', '_').Replace(';', '_')] = found.Counts[i];
        return Json(new JsonObject { ["unique_users"] = found.UniqueUsers, ["count_step"] = counted });
    }

    static async Task<IResult> TopAsync(HttpContext http, CountEvents count, IPageLimits limits)
    {
        if (!TryNumber(http, "top_n", 15, out var most))
            return FaultResult.Of(Fault.Field("top_n", "A valid integer is required."));
        var action = http.Request.Query["action"] is [.., { Length: > 0 } given] ? given : WireEnum<EventAction>.Name(EventAction.AuthorizeApplication);
        var top = await (await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted))
            .ThenAsync(request => count.TopAsync(http.Caller(), request, action, most, http.RequestAborted));
        return top.Succeeded(out var used, out var fault) ? Json(new JsonArray([.. used.Select(Node)])) : FaultResult.Of(fault);
    }

    static JsonObject Node(UsedApplication used) => new()
    {
        ["application"] = new JsonObject { ["app"] = used.App, ["model_name"] = used.Model, ["pk"] = used.Pk, ["name"] = used.Name },
        ["counted_events"] = used.Count,
        ["unique_users"] = used.People,
    };

    static bool TryNumber(HttpContext http, string name, int standard, out int number)
    {
        number = standard;
        return http.Request.Query[name] is not [.., { Length: > 0 } text] || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}
