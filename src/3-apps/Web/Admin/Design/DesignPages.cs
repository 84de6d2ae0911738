using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Designing;
using Postern.Flows.Simulating;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Design;

/// <summary>Moves stages of a flow, and simulates it.</summary>
sealed class DesignPages(ObjectQuery objects, PosternDb db, SimulateFlow simulate, BoundPolicies policies, ShellFactory shells)
{
    const string Flows = "/if/admin/flows/flows/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("flows/flows/{slug}/move/", MoveAsync);
        pages.MapGet("flows/flows/{slug}/simulate/", (HttpContext http, string slug, DesignPages self) => self.ShowAsync(http, slug, new SimulationForm(), new FieldErrors(), simulation: null));
        pages.MapPost("flows/flows/{slug}/simulate/", (HttpContext http, string slug, DesignPages self) => self.SimulateAsync(http, slug));
    }

    static async Task<IResult> MoveAsync(HttpContext http, string slug, MoveStage move, ShellFactory shells)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = Guid.TryParse(form["binding"], out var binding) && int.TryParse(form["place"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place)
            ? await move.ExecuteAsync(http.Caller(), binding, place, http.RequestAborted)
            : Fault.Input("Choose a stage and its place.");
        if (outcome.Fault is { } fault)
            await shells.TellAsync(http, "error", fault.Message);
        return ConsolePages.See(http, $"{Flows}{Uri.EscapeDataString(slug)}/{(form["moved"].ToString() is { Length: > 0 } moved ? $"?moved={Uri.EscapeDataString(moved)}" : "")}");
    }

    async Task<IResult> SimulateAsync(HttpContext http, string slug)
    {
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new SimulationForm
        {
            Username = posted["username"].ToString().Trim(),
            SignedIn = posted["signed_in"].Contains("true"),
            ClientIp = posted["client_ip"].ToString().Trim(),
            Context = posted["context"].ToString(),
        };
        var errors = new FieldErrors();
        var request = await ReadAsync(form, errors, http.RequestAborted);
        if (errors.Any)
            return await ShowAsync(http, slug, form, errors, simulation: null);
        if ((await simulate.ExecuteAsync(http.Caller(), slug, request, http.RequestAborted)).Succeeded(out var simulation, out var fault))
            return await ShowAsync(http, slug, form, errors, simulation);
        return fault is Fault.Invalid invalid
            ? await ShowAsync(http, slug, form, invalid.Errors, simulation: null)
            : await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
    }

    async Task<SimulationRequest> ReadAsync(SimulationForm form, FieldErrors errors, CancellationToken cancellation)
    {
        JsonNode? context = null;
        if (form.Context.Trim().Length > 0 && (!YamlText.TryParse(form.Context, out context, out var problem) || context is not JsonObject))
            errors.Add("context", problem ?? "Write names with values, such as “is_sso: true”.");
        var user = form.Username.Length == 0 ? null
            : await UserKind.Kind.In(db).AsNoTracking().Where(u => u.Username == form.Username || u.Email == form.Username).Select(u => (int?)u.Pk).FirstOrDefaultAsync(cancellation);
        if (form.Username.Length > 0 && user is null)
            errors.Add("username", "There is no such user.");
        IPAddress? address = null;
        if (form.ClientIp.Length > 0 && !IPAddress.TryParse(form.ClientIp, out address))
            errors.Add("client_ip", "Enter a valid IPv4 or IPv6 address.");
        return new SimulationRequest { User = user, SignedIn = form.SignedIn, ClientIp = address, Context = context as JsonObject ?? [] };
    }

    async Task<IResult> ShowAsync(HttpContext http, string slug, SimulationForm form, FieldErrors errors, FlowSimulation? simulation)
    {
        var found = await objects.FindAsync(FlowKind.Kind, http.Caller(), slug, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var flow, out var missing))
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        return new PageResult<SimulatePage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Flow = (Postern.Flows.Flow)flow,
                Form = form,
                Errors = errors,
                Simulation = simulation,
                View = simulation is null ? null : await ViewAsync(http, simulation),
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<FlowMapView> ViewAsync(HttpContext http, FlowSimulation simulation)
    {
        var conditions = await policies.OfAsync([simulation.Flow.Pk, .. simulation.Stages.Select(s => s.Binding.Pk)], http);
        return new FlowMapView(simulation.Flow, [.. conditions[simulation.Flow.Pk]], [.. simulation.Stages.Select(s => new MapStep(s.Binding, s.Stage) { Conditions = [.. conditions[s.Binding.Pk]], Simulated = s })])
        {
            Gate = simulation.Gate,
        };
    }
}

/// <summary>What is asked before a simulation.</summary>
public sealed record SimulationForm
{
    public string Username { get; init; } = "";

    public bool SignedIn { get; init; }

    public string ClientIp { get; init; } = "";

    public string Context { get; init; } = "";
}
