using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Postern.Api.Http;

namespace Postern.Hosting;

/// <summary>Liveness: the process answers. Readiness: so does its database.</summary>
public static class Health
{
    public static void Map(WebApplication app)
    {
        string[] reading = ["GET", "HEAD"];
        app.MapMethods("/-/health/live/", reading, http => Task.CompletedTask).AllowAnonymous();
        app.MapMethods("/-/health/ready/", reading, ReadyAsync).AllowAnonymous();
    }

    static async Task ReadyAsync(HttpContext http)
    {
        try
        {
            await using var ping = http.RequestServices.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT 1");
            await ping.ExecuteScalarAsync(http.RequestAborted);
        }
        catch (NpgsqlException e)
        {
            await FaultResult.Detail($"The database does not answer: {e.Message}", StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
        }
    }
}
