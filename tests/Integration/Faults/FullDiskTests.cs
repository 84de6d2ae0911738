using System.Net;
using System.Text.Json.Nodes;
using Postern.Flows.Running;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Faults.Persistent;

namespace Postern.Tests.Integration.Faults;

/// <summary>The database refuses every write as it does when its disk is full (53100), and takes them again later.</summary>
[Trait("Fault", "F23")]
public sealed class FullDiskTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string Fill = """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
        DO $$ DECLARE t regclass; BEGIN
            FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition LOOP
                EXECUTE format('CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION full_disk()', t);
            END LOOP;
        END $$
        """;

    readonly TestServer server = mfa.Server;

    [Fact]
    public async Task Nobody_gets_in_by_a_write_that_failed_and_everybody_once_there_is_room_again()
    {
        const string slug = "full-flow";
        var flow = await EnrolmentSteps.ImportAsync(mfa.Admin, new JsonObject { ["flow_slug"] = slug, ["stage_name"] = "full-invitation" });
        var query = $"itoken={await EnrolmentSteps.InviteAsync(mfa.Admin, flow, [])}";
        var (inside, coming) = (await mfa.AddPersonAsync("full-inside"), await mfa.AddPersonAsync("full-coming"));
        using var first = new Visitor(server);
        await first.SignInAsync(inside.Username);
        using var second = new Visitor(server);
        await second.ShowAsync(MfaServer.SignIn);
        await second.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = coming.Username });
        using var guest = new Visitor(server);
        await guest.ShowAsync(slug, query);
        await guest.AnswerAsync(slug, Credentials("guest-full"), query);

        await server.Database.ExecuteAsync(Fill);
        try
        {
            // What is only read goes on; what is to be written is refused and said.
            (await first.WhoAsync()).ShouldBe(inside.Username);
            (await second.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })).Component().ShouldNotBe(Done);
            (await second.WhoAsync()).ShouldBeNull();
            (await guest.AnswerAsync(slug, Details("guest-full"), query)).Component().ShouldNotBe(Done);
            (await guest.WhoAsync()).ShouldBeNull();
            using var newcomer = new Visitor(server);
            (await newcomer.ShowAsync(MfaServer.SignIn)).Component().ShouldBe(FlowAnswer.ErrorComponent);
            (await mfa.Admin.PostApiAsync("core/groups/", """{"name": "full"}""")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            server.Errors.Claim().ShouldContain(e => e.Contains("No space left on device", StringComparison.Ordinal));
        }
        finally
        {
            await server.Database.ExecuteAsync("DROP FUNCTION full_disk() CASCADE");
        }

        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'guest-full'")).ShouldBe(0);
        (await second.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })).Component().ShouldBe(Done);
        (await guest.AnswerAsync(slug, Details("guest-full"), query)).Component().ShouldBe(Done);
        (await guest.WhoAsync()).ShouldBe("guest-full");
        (await mfa.Admin.PostApiAsync("core/groups/", """{"name": "full"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var (halfMade, usedTwice) = (await server.Database.ScalarAsync<long>(Census.HalfMade), await server.Database.ScalarAsync<long>(Census.UsedTwice));
        Figures.Tell("F23", "the database's disk was full under a session, a sign-in, an enrolment and a change; all went on once there was room", 4, 0, halfMade, usedTwice);
        (halfMade, usedTwice).ShouldBe((0, 0));
    }
}
