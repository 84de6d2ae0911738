using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>What administrators are told about licences, when, and how often.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    readonly SmtpServer mail = new();
    LicenseServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await LicenseServer.StartAsync(
            settings:
            [
                ("POSTERN_EMAIL__HOST", "127.0.0.1"), ("POSTERN_EMAIL__PORT", mail.Port.ToString(CultureInfo.InvariantCulture)), ("POSTERN_BASE_URL", "https://id.example.org"),
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task Before_the_end_and_at_each_step_everybody_who_rules_is_told_once()
    {
        await server.Server.AddUserAsync("ann");
        (await server.InstallAsync(server.Key(days: 40))).EnsureSuccessStatusCode();
        List<string> told = [];
        var today = 0;
        // The days around each that counts.
        foreach (var day in new[] { 0, 9, 10, 11, 25, 26, 27, 32, 33, 34, 38, 39, 40, 41, 54, 55, 56, 68, 69, 70, 82, 83, 84, 100 })
        {
            server.Server.Clock.Advance(TimeSpan.FromDays(day - today));
            today = day;
            var before = mail.Mails.Count;
            await CaptureAsync();
            told.AddRange(mail.Mails.Skip(before).Select(m => $"{day} {m.To[0]} {m.Subject}"));
        }
        told.ShouldBe(
        [
            "10 root@example.com A license ends soon", "26 root@example.com A license ends soon", "33 root@example.com A license ends soon", "39 root@example.com A license ends soon",
            "40 root@example.com Licenses need your attention", "55 root@example.com Licenses need your attention", "69 root@example.com Licenses need your attention",
            "83 root@example.com Licenses need your attention",
        ]);
        mail.Mails[^1].Text.ShouldContain("https://id.example.org/if/admin/enterprise/licenses/");

        // The same is in the log, and the rule that ships brings it to the bell.
        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'custom_license_status_changed'")).ShouldBe(8);
        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM notification WHERE body LIKE '%read-only%'")).ShouldBeGreaterThan(0);

        (await server.InstallAsync(server.Key())).EnsureSuccessStatusCode();
        await CaptureAsync();
        await CaptureAsync();
        mail.Mails.Select(m => m.Subject).Skip(8).ShouldBe(["The licenses are in order again"]);
    }

    [Fact]
    public async Task Without_a_license_nobody_is_told_anything()
    {
        await CaptureAsync();
        server.Server.Clock.Advance(TimeSpan.FromDays(100));
        await CaptureAsync();
        mail.Mails.ShouldBeEmpty();
    }

    /// <summary>The schedule's job, and the mails and notifications that follow from it.</summary>
    async Task CaptureAsync()
    {
        var runner = server.Server.Services.GetRequiredService<JobRunner>();
        await runner.PlantSchedulesAsync(Cancellation);
        await server.Server.Database.ExecuteAsync("UPDATE job SET run_at = created_at WHERE kind = 'license_usage'");
        while (await runner.RunDueAsync(Cancellation) > 0)
        {
        }
    }
}
