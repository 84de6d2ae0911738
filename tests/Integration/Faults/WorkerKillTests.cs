using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Faults;

/// <summary>The process that works is killed in the middle of a batch, and started again.</summary>
[Trait("Fault", "F3")]
public sealed class WorkerKillTests
{
    const int Invited = 300;

    static readonly int[] killAfter = [40, 150];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_gets_their_invitation_and_no_attempt_is_made_twice()
    {
        await using var mail = new SmtpServer();
        await using var place = await Installation.CreateAsync(("POSTERN_EMAIL__HOST", "127.0.0.1"), ("POSTERN_EMAIL__PORT", mail.Port.ToString(CultureInfo.InvariantCulture)));
        var (node, address) = await place.StartNodeAsync();
        using (var admin = Installation.Admin(address))
        {
            await admin.CallAsync("PATCH", "admin/settings/", """{"invitation_mails_per_hour": 0, "invitation_mails_per_inviter": 0, "base_url": "https://id.example.org"}""");
            var flow = await EnrolmentSteps.ImportAsync(admin);
            var rows = new StringBuilder("email,name\n");
            for (var i = 0; i < Invited; i++)
                rows.Append(CultureInfo.InvariantCulture, $"guest{i}@example.com,Guest {i}\n");
            var asked = await admin.PostApiAsync("stages/invitation/invitations/bulk/", new JsonObject { ["csv"] = rows.ToString(), ["template"] = new JsonObject { ["flow"] = flow, ["send_at"] = "2020-01-01T00:00:00Z" } }.ToJsonString());
            asked.Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.OK);
        }
        var kills = 0;
        var start = TimeProvider.System.GetTimestamp();
        while (Reached(mail) < Invited && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(5))
        {
            if (kills < killAfter.Length && mail.Mails.Count >= killAfter[kills])
            {
                await node.KillAsync();
                kills++;
                // What the dead one had taken is free again after two minutes, which need not be waited for.
                await place.AskAsync<int>("UPDATE job SET claimed_until = now() WHERE claimed_until > now()");
                (node, _) = await place.StartNodeAsync();
            }
            await Task.Delay(10, Cancellation);
        }

        var (reached, repeated) = (Reached(mail), mail.Mails.GroupBy(m => (m.Header("Message-ID"), m.Header("X-Postern-Attempt"))).Count(g => g.Count() > 1));
        Figures.Tell("F3", $"the worker was killed {kills} times under {Invited} invitations; {mail.Mails.Count} mails came for {reached} people, {repeated} attempts were made twice", Invited, Invited - reached, usedTwice: repeated);
        (kills, reached, repeated).ShouldBe((killAfter.Length, Invited, 0));
        (await place.AskAsync<long>("SELECT count(*) FROM invitation WHERE recipient LIKE 'guest%'")).ShouldBe(Invited);
    }

    static int Reached(SmtpServer mail) => mail.Mails.SelectMany(m => m.To).Distinct(StringComparer.Ordinal).Count(t => t.StartsWith("guest", StringComparison.Ordinal));
}
