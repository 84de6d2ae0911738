using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Notifications.Delivery;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Transports;

/// <summary>The test button of notification transports.</summary>
static class TransportPages
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("events/transports/{pk}/test/", TestAsync);

    static async Task<IResult> TestAsync(HttpContext http, string pk, TestTransport test, ShellFactory shells)
    {
        if (!(await test.ExecuteAsync(http.Caller(), pk, http.RequestAborted)).Succeeded(out var outcome, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, outcome.Failure is null ? "success" : "error", outcome.Failure ?? $"The test was sent. {string.Join(' ', outcome.Messages)}".TrimEnd());
        return ConsolePages.See(http, $"/if/admin/events/transports/{Uri.EscapeDataString(pk)}/");
    }
}
