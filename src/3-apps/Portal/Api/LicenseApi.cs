using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Licenses;
using Postern.Portal.Usage;
using Postern.Storage;

namespace Postern.Portal.Api;

/// <summary>The API for programs of customers: licenses, their keys, and usage, below <c>/api/v1</c>.</summary>
static class LicenseApi
{
    const int MostPerPage = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(ErrorBody), ["application/json"]), new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(ErrorBody), ["application/json"]));
        api.MapGet("/licenses", ListAsync).Needs(Right.Token).WithMetadata(new NeededScope(Scopes.LicenseRead))
            .WithName("list_licenses").WithSummary("Licenses of the organization, oldest first").Produces<LicensePageResponse>().Produces<ErrorBody>(StatusCodes.Status400BadRequest);
        api.MapGet("/licenses/{license:guid}", FindAsync).Needs(Right.Token).WithMetadata(new NeededScope(Scopes.LicenseRead))
            .WithName("get_license").WithSummary("One license").Produces<LicenseResponse>().Produces<ErrorBody>(StatusCodes.Status404NotFound);
        api.MapGet("/licenses/{license:guid}/key", KeyAsync).Needs(Right.Token).WithMetadata(new NeededScope(Scopes.LicenseRead))
            .WithName("get_license_key").WithSummary("The key to install; that it was fetched is written to the audit trail").Produces<KeyResponse>().Produces<ErrorBody>(StatusCodes.Status400BadRequest).Produces<ErrorBody>(StatusCodes.Status404NotFound);
        api.MapPost("/usage", ReportAsync).Needs(Right.Token).WithMetadata(new NeededScope(Scopes.UsageWrite))
            .WithName("report_usage").WithSummary("Report the numbers of users of an installation").Accepts<UsageRequest>("application/json").Produces<UsageResponse>(StatusCodes.Status201Created).Produces<ErrorBody>(StatusCodes.Status400BadRequest);
    }

    static async Task<IResult> ListAsync(HttpContext http, PosternDb db, TimeProvider clock, int? limit = null, Guid? starting_after = null)
    {
        var take = Math.Clamp(limit ?? 20, 1, MostPerPage);
        var organization = http.Seat().OrganizationId;
        var after = starting_after is { } id ? await db.Set<License>().Where(l => l.Id == id && l.OrganizationId == organization).Select(l => (DateTimeOffset?)l.IssuedAt).FirstOrDefaultAsync(http.RequestAborted) : null;
        if (starting_after is not null && after is null)
            return ApiError.Of(http, Fault.Field("starting_after", "There is no such license."));
        var found = await db.Set<License>().AsNoTracking().Where(l => l.OrganizationId == organization && (after == null || l.IssuedAt > after || (l.IssuedAt == after && l.Id > starting_after)))
            .OrderBy(l => l.IssuedAt).ThenBy(l => l.Id).Take(take + 1).ToListAsync(http.RequestAborted);
        return Results.Json(new LicensePageResponse([.. found.Take(take).Select(l => LicenseResponse.Of(l, clock.GetUtcNow()))], found.Count > take), ApiError.Json);
    }

    static async Task<IResult> FindAsync(Guid license, HttpContext http, ManageLicense licenses, TimeProvider clock) =>
        (await licenses.FindAsync(http.Seat().OrganizationId, license, http.RequestAborted)).Succeeded(out var found, out var fault)
            ? Results.Json(LicenseResponse.Of(found, clock.GetUtcNow()), ApiError.Json)
            : ApiError.Of(http, fault);

    static async Task<IResult> KeyAsync(Guid license, HttpContext http, RevealKey reveal)
    {
        http.Response.Headers.CacheControl = "no-store";
        return (await reveal.ExecuteAsync(http.Seat().OrganizationId, http.Seat().Actor, license, "fetched", http.RequestAborted)).Succeeded(out var key, out var fault)
            ? Results.Json(new KeyResponse(key.LicenseId, key.Revision, key.ExpiresAt, key.Key), ApiError.Json)
            : ApiError.Of(http, fault);
    }

    static async Task<IResult> ReportAsync(HttpContext http, ReportUsage report)
    {
        UsageRequest? request;
        try
        {
            request = await http.Request.ReadFromJsonAsync<UsageRequest>(ApiError.Json, http.RequestAborted);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return ApiError.Of(http, Fault.Input("Send a JSON object with install_id, internal_users and external_users."));
        }
        return (await report.ExecuteAsync(http.Seat(), request, http.RequestAborted)).Succeeded(out var saved, out var fault)
            ? Results.Json(new UsageResponse(saved.Id, saved.ReportedAt), ApiError.Json, statusCode: StatusCodes.Status201Created)
            : ApiError.Of(http, fault);
    }
}

/// <summary>A license as the API answers it.</summary>
sealed record LicenseResponse(Guid Id, string Name, string Plan, string Status, Guid InstallId, int InternalUsers, int ExternalUsers, DateTimeOffset IssuedAt, DateTimeOffset ValidUntil)
{
    public static LicenseResponse Of(License license, DateTimeOffset now) => new(
        license.Id, license.DisplayName, license.PlanCode, Kernel.Values.WireEnum<LicenseState>.Name(license.StateAt(now)), license.InstallId, license.InternalUsers, license.ExternalUsers, license.IssuedAt, license.PaidThrough);
}

/// <summary>A page of licenses; go on with <c>starting_after</c> the last one.</summary>
sealed record LicensePageResponse(IReadOnlyList<LicenseResponse> Data, bool HasMore);

/// <summary>A key to install.</summary>
sealed record KeyResponse(Guid LicenseId, int Revision, DateTimeOffset ValidUntil, string Key);

/// <summary>Numbers of users of an installation.</summary>
sealed record UsageRequest(Guid? InstallId, int? InternalUsers, int? ExternalUsers, string? Version);

/// <summary>What became of a report.</summary>
sealed record UsageResponse(Guid Id, DateTimeOffset ReportedAt);
