using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Brands;

/// <summary>Records <c>configuration_warning</c> for what works but should not stay so; once in thirty days for each cause.</summary>
sealed class WarnOfConfiguration(PosternDb db, Links links, RecordEvent events, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "brands.warnings";

    static readonly TimeSpan Again = TimeSpan.FromDays(30);

    /// <summary>Time that a new installation has to be set up; the job is as old as the installation.</summary>
    const string IsNew = "SELECT EXISTS (SELECT FROM job WHERE key = $1 AND created_at > $2)";

    const string Known = """
        SELECT EXISTS (SELECT FROM event WHERE action = 'configuration_warning' AND created > $1 AND jsonb_extract_path_text(context, 'cause') = $2)
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        if (await db.ScalarAsync<bool>(IsNew, cancellation, JobKind, clock.GetUtcNow().AddDays(-1)))
            return;
        if (await links.BaseAsync(request: null, cancellation) is null)
            await WarnAsync("base_url", "The address people use is not set (System > Settings). Links in mails cannot be built from it.", cancellation);
    }

    async Task WarnAsync(string cause, string message, CancellationToken cancellation)
    {
        if (!await db.ScalarAsync<bool>(Known, cancellation, clock.GetUtcNow() - Again, cause))
            await events.SaveAsync(Caller.System, EventAction.ConfigurationWarning, "authentik.brands", new JsonObject { ["message"] = message, ["cause"] = cause }, actor: null, cancellation);
    }
}
