using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Api.Kinds;

/// <summary>The HTTP door of every declared kind: list, retrieve, create, update, patch, destroy, used_by, and the types of a family.</summary>
public static class KindApi
{
    public static void MapKinds(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in routes.ServiceProvider.GetRequiredService<KindRegistry>().All.Where(k => k.Path is not null))
        {
            Map(routes.MapGroup($"/api/v3/{kind.Path}/"), kind, kind.Verbs);
            if (kind.AdminPath is { } path)
                Map(routes.MapGroup($"/api/v3/{path}/").WithMetadata(new AdminDoor()), kind, kind.AdminVerbs);
        }
    }

    static void Map(RouteGroupBuilder group, ModelKind kind, Verbs offered)
    {
        void Door(string method, string pattern, Verbs verb, RequestDelegate handler)
        {
            if (offered.HasFlag(verb))
                group.MapMethods(pattern, [method], handler).WithMetadata(new KindDoor(kind, verb));
        }

        Door("GET", "", Verbs.List, http => ListAsync(kind, http));
        Door("POST", "", Verbs.Create, http => CreateAsync(kind, http));
        Door("GET", "{lookup}/", Verbs.Retrieve, http => OneAsync(kind, http));
        Door("PUT", "{lookup}/", Verbs.Update, http => UpdateAsync(kind, http, SaveOptions.Full));
        Door("PATCH", "{lookup}/", Verbs.Update, http => UpdateAsync(kind, http, SaveOptions.Patch));
        Door("DELETE", "{lookup}/", Verbs.Delete, http => DeleteAsync(kind, http));
        Door("GET", "{lookup}/used_by/", Verbs.UsedBy, http => UsesAsync(kind, http));
        if (kind.Family.Any())
            group.MapGet("types/", http => FamilyTypes.Of(kind, http.RequestServices.GetRequiredService<ILicenseRules>()).ExecuteAsync(http)).Note($"Lists the kinds of {kind.LabelPlural}.", answer: FamilyTypes.Shape);
    }

    /// <summary>Header that says why a search was not understood as a query.</summary>
    const string QueryErrorHeader = "X-AK-Query-Error";

    // Headers carry visible ASCII only (RFC 9110, section 5.5).
    static string HeaderText(string text) => string.Concat(text.Take(400).Select(c => c is >= ' ' and <= '~' ? c : '?'));

    static async Task ListAsync(ModelKind kind, HttpContext http)
    {
        var limits = http.RequestServices.GetRequiredService<IPageLimits>();
        var request = await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted);
        if (!request.Succeeded(out var list, out var fault))
        {
            await FaultResult.Of(fault).ExecuteAsync(http);
            return;
        }
        var found = await Query(http).ListAsync(kind, CallerOf(kind, http), list, http.RequestAborted);
        if (found.Fault is { } refusal)
            await FaultResult.Of(refusal).ExecuteAsync(http);
        else
        {
            if (list.SearchMode is not SearchMode.Text && Query(http).Explain(kind, list.Search) is { } error)
                http.Response.Headers[QueryErrorHeader] = HeaderText(error.ToString());
            await PageEnvelope.Of(found.Value, await Rendered.PageAsync(kind, found.Value.Items, Loading(http)), kind).ExecuteAsync(http);
        }
    }

    static async Task OneAsync(ModelKind kind, HttpContext http) => await AnswerAsync(kind, http, await FindAsync(kind, http, tracked: false), StatusCodes.Status200OK);

    static async Task CreateAsync(ModelKind kind, HttpContext http)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        var created = await http.RequestServices.GetRequiredService<SaveObject>().CreateAsync(kind, CallerOf(kind, http), body, SaveOptions.Full, http.RequestAborted);
        await AnswerAsync(kind, http, created, StatusCodes.Status201Created);
    }

    static async Task UpdateAsync(ModelKind kind, HttpContext http, SaveOptions options)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        var found = await FindAsync(kind, http, tracked: true);
        if (found.Fault is null)
            found = await http.RequestServices.GetRequiredService<SaveObject>().UpdateAsync(kind, CallerOf(kind, http), found.Value, body, options, http.RequestAborted);
        await AnswerAsync(kind, http, found, StatusCodes.Status200OK);
    }

    static async Task DeleteAsync(ModelKind kind, HttpContext http)
    {
        var found = await FindAsync(kind, http, tracked: true);
        var outcome = found.Fault is { } missing
            ? (Result<Unit>)missing
            : await http.RequestServices.GetRequiredService<DeleteObject>().ExecuteAsync(kind.Of(found.Value), CallerOf(kind, http), found.Value, http.RequestAborted);
        if (outcome.Fault is { } fault)
            await FaultResult.Of(fault).ExecuteAsync(http);
        else
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    static async Task UsesAsync(ModelKind kind, HttpContext http)
    {
        var found = await FindAsync(kind, http, tracked: false);
        if (found.Fault is { } fault)
        {
            await FaultResult.Of(fault).ExecuteAsync(http);
            return;
        }
        var uses = await http.RequestServices.GetRequiredService<FindUses>().ExecuteAsync(kind.Of(found.Value), CallerOf(kind, http), found.Value, http.RequestAborted);
        await UsedBy.Of(uses).ExecuteAsync(http);
    }

    static Task<Result<object>> FindAsync(ModelKind kind, HttpContext http, bool tracked) =>
        Query(http).FindAsync(kind, CallerOf(kind, http), (string)http.Request.RouteValues["lookup"]!, tracked, http.RequestAborted);

    static async Task AnswerAsync(ModelKind kind, HttpContext http, Result<object> result, int status)
    {
        if (result.Fault is { } fault)
        {
            await FaultResult.Of(fault).ExecuteAsync(http);
            return;
        }
        var rendered = await Rendered.OneAsync(kind, result.Value, Loading(http));
        await new WireJson(rendered.Write, status).ExecuteAsync(http);
    }

    /// <summary>Where administrators have a path of their own, the other one takes everybody for an owner of their own objects and no more.</summary>
    static Caller CallerOf(ModelKind kind, HttpContext http)
    {
        var caller = http.Caller();
        return kind.AdminPath is null || caller.IsSystem || http.GetEndpoint()?.Metadata.GetMetadata<AdminDoor>() is not null
            ? caller
            : caller with { IsSuperuser = false, Roles = [] };
    }

    static ObjectQuery Query(HttpContext http) => http.RequestServices.GetRequiredService<ObjectQuery>();

    static LoadContext Loading(HttpContext http) => new(http.RequestServices.GetRequiredService<PosternDb>(), http.Caller(), http.RequestServices, http.RequestAborted)
    {
        Excluded = ListParameters.Excluded(http.Request.Query),
        Included = ListParameters.Included(http.Request.Query),
    };
}

/// <summary>Marks the doors at a kind's path for administrators.</summary>
sealed record AdminDoor;

/// <summary>Marks an endpoint as a generic door, for the API document and the access matrix.</summary>
public sealed record KindDoor(ModelKind Kind, Verbs Verb);
