using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Flows;
using Postern.Flows.Bindings;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The page of one object: its members, and what belongs to some kinds alone (a flow's stages).</summary>
static class DetailPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("flows/flows/{lookup}/bind/", BindAsync);
        pages.MapPost("flows/flows/{lookup}/unbind/", UnbindAsync);
    }

    public static async Task<IResult> ShowAsync(
        HttpContext http, string group, string noun, string lookup, Sections sections, ObjectQuery objects, PosternDb db, ShellFactory shells)
    {
        if (sections.Find($"{group}/{noun}") is not { } section)
            return await ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
        var found = await objects.FindAsync(section.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var kind = section.Kind.Of(found.Value);
        var json = (await Rendered.OneAsync(kind, found.Value, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted))).ToNode();
        return new PageResult<DetailPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Section = section,
            Kind = kind,
            Title = kind.NameOf(found.Value),
            Url = section.UrlOf(found.Value),
            Json = json,
            Bindings = found.Value is Postern.Flows.Flow flow ? await BindingsAsync(db, flow.Pk, http.RequestAborted) : null,
            Stages = found.Value is Postern.Flows.Flow ? await StagesAsync(objects, http) : [],
        });
    }

    static async Task<IReadOnlyList<BoundStage>> BindingsAsync(PosternDb db, Guid flow, CancellationToken cancellation)
    {
        var bound = await db.Set<FlowStageBinding>().AsNoTracking().Where(b => b.Target == flow).OrderBy(b => b.Order)
            .Join(db.Set<Stage>(), b => b.Stage, s => s.Pk, (b, s) => new { Binding = b, Stage = s }).ToListAsync(cancellation);
        return [.. bound.OrderBy(b => b.Binding.Order).Select(b => new BoundStage(b.Binding, b.Stage.Name, StageKind.Kind.Of(b.Stage).Label))];
    }

    static async Task<IReadOnlyList<FormChoice>> StagesAsync(ObjectQuery objects, HttpContext http)
    {
        var page = await objects.ListAsync(StageKind.Kind, http.Caller(), new ListRequest { PageSize = 500 }, http.RequestAborted);
        return page.Fault is not null ? [] : [.. page.Value.Items.Cast<Stage>().Select(s => new FormChoice(s.Pk.ToString(), s.Name))];
    }

    static async Task<IResult> BindAsync(HttpContext http, string lookup, ObjectQuery objects, SaveObject save, ShellFactory shells)
    {
        var found = await objects.FindAsync(FlowKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (found.Fault is { } missing)
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var body = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["target"] = ((Postern.Flows.Flow)found.Value).Pk,
            ["stage"] = form["stage"].ToString(),
            ["order"] = form["order"].ToString(),
            ["evaluate_on_plan"] = form["evaluate_on_plan"].Contains("true"),
            ["re_evaluate_policies"] = form["re_evaluate_policies"].Contains("true"),
        });
        var saved = await save.CreateAsync(FlowStageBindingKind.Kind, http.Caller(), body, SaveOptions.Patch, http.RequestAborted);
        await shells.TellAsync(http, saved.Fault is null ? "success" : "error", saved.Fault?.Message ?? "Stage bound.");
        return ConsolePages.See(http, $"/if/admin/flows/flows/{lookup}/");
    }

    static async Task<IResult> UnbindAsync(HttpContext http, string lookup, ObjectQuery objects, DeleteObject delete, ShellFactory shells)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var found = await objects.FindAsync(FlowStageBindingKind.Kind, http.Caller(), form["binding"].ToString(), tracked: true, http.RequestAborted);
        var outcome = found.Fault is { } missing ? (Result<Unit>)missing : await delete.ExecuteAsync(FlowStageBindingKind.Kind, http.Caller(), found.Value, http.RequestAborted);
        await shells.TellAsync(http, outcome.Fault is null ? "success" : "error", outcome.Fault?.Message ?? "Stage removed from the flow. The stage itself is kept.");
        return ConsolePages.See(http, $"/if/admin/flows/flows/{lookup}/");
    }
}

/// <summary>A stage in its place in a flow.</summary>
public sealed record BoundStage(FlowStageBinding Binding, string Name, string Type);
