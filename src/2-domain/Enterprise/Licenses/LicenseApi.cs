using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Enterprise.Ladder;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Licensing;

namespace Postern.Enterprise.Licenses;

/// <summary>What licences amount to, beside their list.</summary>
static class LicenseApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v3/enterprise/license/");
        group.MapGet("summary/", SummaryAsync)
            .Note("Sums up the licences.", answer: "LicenseSummary{internal_users:int external_users:int status latest_valid:time license_flags:[text]}", query: "cached:bool?");
        group.MapGet("forecast/", ForecastAsync)
            .Note("Counts users now and foretells them.", answer: "LicenseForecast{internal_users:int external_users:int forecasted_internal_users:int forecasted_external_users:int}");
        group.MapGet("install_id/", InstallIdAsync)
            .Note("Answers the id of the installation, which licences name.", answer: "InstallID{install_id}");
        group.MapPost("preview/", PreviewAsync)
            .Note("Reads a licence key without installing it.", answer: "LicensePreview{license:json after:LicenseSummary}", body: "LicenseRequest");
    }

    // With ?cached=false people are counted anew.
    static async Task<IResult> SummaryAsync(HttpContext http, ReadLicenses licenses)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var isFresh = string.Equals(http.Request.Query["cached"], "false", StringComparison.OrdinalIgnoreCase);
        return Json(Summary(isFresh ? await licenses.FreshAsync(http.RequestAborted) : await licenses.GetAsync(http.RequestAborted)));
    }

    static async Task<IResult> ForecastAsync(HttpContext http, IAccess access, ReadUsage usage)
    {
        if (await access.RefuseAsync(http.Caller(), LicenseKind.Kind.View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var trend = await usage.ExecuteAsync(http.RequestAborted);
        return Json(new JsonObject
        {
            ["internal_users"] = trend.State.Counts.Internal,
            ["external_users"] = trend.State.Counts.External,
            ["forecasted_internal_users"] = trend.Forecast.Internal,
            ["forecasted_external_users"] = trend.Forecast.External,
        });
    }

    static async Task<IResult> InstallIdAsync(HttpContext http, IAccess access, InstallId install) =>
        await access.RefuseAsync(http.Caller(), LicenseKind.Kind.View, key: null, http.RequestAborted) is { } refusal
            ? FaultResult.Of(refusal)
            : Json(new JsonObject { ["install_id"] = await install.GetAsync(http.RequestAborted) });

    static async Task<IResult> PreviewAsync(HttpContext http, IAccess access, PreviewLicense preview)
    {
        if (await access.RefuseAsync(http.Caller(), LicenseKind.Kind.Add, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var (body, wrong) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (wrong is not null)
            return wrong;
        if (!body.Text(LicenseKind.KeyField).Succeeded(out var key, out var missing))
            return FaultResult.Of(missing);
        if (!(await preview.ExecuteAsync(key, http.RequestAborted)).Succeeded(out var seen, out var fault))
            return FaultResult.Of(fault);
        return Json(new JsonObject
        {
            ["license"] = JsonSerializer.SerializeToNode(seen.Document),
            ["after"] = Summary(seen.After),
        });
    }

    static JsonObject Summary(LicenseState state) => new()
    {
        ["internal_users"] = state.InternalUsers,
        ["external_users"] = state.ExternalUsers,
        ["status"] = WireEnum<LicenseStatus>.Name(state.Status),
        // Clients need a time; the epoch stands for none.
        ["latest_valid"] = Time(state.CumulativeExpiry ?? DateTimeOffset.UnixEpoch),
        ["license_flags"] = new JsonArray([.. state.Flags.Select(f => (JsonNode)WireEnum<LicenseFlag>.Name(f))]),
        ["all_expire_at"] = state.AllExpireAt is { } end ? Time(end) : null,
        ["enforcement"] = new JsonObject
        {
            ["level"] = WireEnum<EnforcementLevel>.Name(state.Level),
            ["reasons"] = new JsonArray([.. state.Reasons.Select(r => (JsonNode)WireEnum<ViolationReason>.Name(r))]),
            ["since"] = state.Since is { } since ? Time(since) : null,
            ["next_level_at"] = state.NextLevelAt is { } next ? Time(next) : null,
        },
    };

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}
