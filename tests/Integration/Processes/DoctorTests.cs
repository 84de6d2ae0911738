using System.Text.Json.Nodes;
using Postern.Tests.Integration.Mails;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

/// <summary>What <c>postern doctor</c> says of an installation that is well, and of each thing that may be wrong with one.</summary>
[Trait("Guide", "operations")]
public sealed class DoctorTests : IAsyncLifetime
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-doctor-");
    readonly SmtpServer smtp = new();
    TestServer server = null!;
    Dictionary<string, string> environment = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        environment = await ProgramBeside.EnvironmentAsync(server, folder);
        environment["POSTERN_BASE_URL"] = "https://id.example.org";
        foreach (var (name, value) in OutboxFixture.SettingsFor(smtp.Port))
            environment[name] = value;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await smtp.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_installation_that_is_well_has_nothing_but_good_findings()
    {
        await server.Database.ExecuteAsync("INSERT INTO totp_device (user_pk, name, confirmed, created, last_updated, failures, seed, digits, last_step, drift) SELECT pk, 'app', true, now(), now(), 0, '', 6, 0, 0 FROM \"user\"");
        var (code, findings) = await AskAsync();

        // The tests' database is thrown away, and its one user is the owner of everything.
        findings.Where(f => Level(f) != "ok").Select(f => f["check"]!.ToString()).Distinct().ShouldBe(["database"]);
        code.ShouldBe(2);
        foreach (var check in new[] { "settings", "schema", "clock", "TLS", "disk", "secret key", "mail", "jobs", "address", "brands", "certificates", "administrators", "redirect addresses", "reach", "audit log" })
            findings.ShouldContain(f => f["check"]!.ToString() == check);
    }

    [Fact]
    public async Task What_is_wrong_in_the_database_is_found()
    {
        (string How, string Check, string Level, string Seen, string Advice)[] wrongs =
        [
            ("INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error) VALUES ('mail.deliver', '{}', now(), now() - interval '1 hour', 0, '')", "jobs", "error", "0 workers are there", "Start a worker"),
            ("INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error, failed_at) VALUES ('x', '{}', now(), now(), 12, 'broken', now())", "jobs", "warning", "1 jobs were given up", "Retry"),
            ("UPDATE brand SET flow_authentication = NULL", "brands", "error", "has no authentication flow", "choose one"),
            ("UPDATE brand SET flow_invalidation = NULL", "brands", "warning", "has no invalidation flow", "choose one"),
            ("UPDATE brand SET \"default\" = false", "brands", "error", "No brand is the default one", "mark one"),
            ("UPDATE certificate_key_pair SET cert_expiry = now() + interval '10 days'", "certificates", "warning", "expires on", "Make or upload another"),
            ("INSERT INTO certificate_key_pair SELECT gen_random_uuid(), 'old', NULL, certificate_data, 'sealed:1:AAAA', key_type, cert_subject, now() - interval '1 day', '', '' FROM certificate_key_pair", "certificates", "error", "The certificate old expired on", "Make or upload another"),
            ("SELECT 1", "secret key", "error", "sealed under another secret key", "restore the file"),
            ("INSERT INTO event (pk, \"user\", action, app, context, created, expires, brand, from_outside) VALUES (gen_random_uuid(), '{}', 'login', 'a', '{}', now() - interval '2 hours', now() + interval '1 day', '{}', false)", "audit log", "warning", "wait to be sealed", "events.seal"),
            ("INSERT INTO provider (pk, name, type, property_mappings, config) VALUES (gen_random_uuid(), 'wiki', 'authentik_providers_oauth2.oauth2provider', '{}', '{\"redirect_uris\": []}')", "redirect addresses", "warning", "The provider wiki has no redirect address", "Enter those"),
            ("INSERT INTO provider (pk, name, type, property_mappings, config) VALUES (gen_random_uuid(), 'mall', 'authentik_providers_oauth2.oauth2provider', '{}', '{\"redirect_uris\": [{\"url\": \".*\", \"matching_mode\": \"regex\"}]}')", "redirect addresses", "error", "sends codes to any address", "strict matching"),
            ("INSERT INTO mail (pk, created_at, recipients, subject, state, attempts, last_error, transcript, delivered, give_up_at) VALUES (gen_random_uuid(), now(), '{}', '', 'failed', 1, '', '{}', '{}', now())", "mail", "warning", "1 mails were given up", "System > Mail"),
        ];
        foreach (var wrong in wrongs)
            await server.Database.ExecuteAsync(wrong.How);

        var (code, findings) = await AskAsync();

        code.ShouldBe(2);
        wrongs.ShouldAllBe(w => Has(findings, w.Check, w.Level, w.Seen, w.Advice), string.Join('\n', findings));
    }

    [Theory]
    [InlineData("INSERT INTO schema_migration VALUES ('29990101T0000_later', '', now(), '99.0')", "error", "Going back is not possible", "Run the version")]
    [InlineData("DELETE FROM schema_migration WHERE name LIKE '%_event_chain'", "warning", "will be applied at the next start", "Back up")]
    public async Task A_schema_of_another_version_is_found_and_not_touched(string how, string level, string seen, string advice)
    {
        await server.Database.ExecuteAsync(how);

        var (_, findings) = await AskAsync();

        Has(findings, "schema", level, seen, advice).ShouldBeTrue();
        findings.ShouldNotContain(f => f["check"]!.ToString() == "brands");
    }

    [Fact]
    public async Task What_is_wrong_in_the_settings_is_found()
    {
        (string Name, string Value, string Check, string Level, string Seen, string Advice)[] wrongs =
        [
            ("POSTERN_BASE_URL", "http://id.example.org", "address", "warning", "in the open", "TLS"),
            ("POSTERN_EMAIL__PORT", "1", "mail", "error", "cannot be used", "EMAIL__HOST"),
            ("POSTERN_EMAIL__USERNAME", "me", "mail", "warning", "unprotected", "EMAIL__USE_TLS"),
            ("POSTERN_SECRET_KEY", "short", "secret key", "warning", "has 5 characters", "at least 32"),
            ("POSTERN_EXPRESSIONS__ALLOWED_HOSTS", "*", "reach", "warning", "any host", "Name the hosts"),
            ("POSTERN_EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES", "true", "reach", "warning", "private addresses", "Switch it off"),
            ("POSTERN_LISTEN__HTTPS", "127.0.0.1:9443", "TLS", "warning", "made its certificate itself", "TLS__CERTIFICATE"),
            ("POSTERN_LISTEN__TRUSTED_PROXY_CIDRS", "0.0.0.0/0", "reach", "error", "Everybody's", "Name your proxies"),
        ];
        foreach (var wrong in wrongs)
            environment[wrong.Name] = wrong.Value;

        var (code, findings) = await AskAsync();

        code.ShouldBe(2);
        wrongs.ShouldAllBe(w => Has(findings, w.Check, w.Level, w.Seen, w.Advice), string.Join('\n', findings));
    }

    [Theory]
    [InlineData("POSTERN_EMAIL__HOTS", "x", "settings", "The nearest is POSTERN_EMAIL__HOST", "Mend the environment")]
    [InlineData("POSTERN_POSTGRESQL__HOST", "/nonexistent", "database", "cannot be used", "Start it")]
    public async Task Where_it_cannot_go_on_it_says_what_it_saw(string name, string value, string check, string seen, string advice)
    {
        environment[name] = value;

        var (code, findings) = await AskAsync();

        code.ShouldBe(2);
        Has(findings, check, "error", seen, advice).ShouldBeTrue(string.Join('\n', findings));
    }

    [Fact]
    public async Task An_administrator_without_a_second_factor_is_named()
    {
        var root = await server.AddSuperuserAsync("careless");

        Has((await AskAsync()).Findings, "administrators", "warning", "The administrator careless has no second factor.", "passkey").ShouldBeTrue();
        await server.Database.ExecuteAsync($"INSERT INTO totp_device (user_pk, name, confirmed, created, last_updated, failures, seed, digits, last_step, drift) VALUES ({root.Pk}, 'app', true, now(), now(), 0, '', 6, 0, 0)");
        (await AskAsync()).Findings.ShouldNotContain(f => f["seen"]!.ToString().Contains("careless", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_words_each_finding_has_its_advice_below_it()
    {
        environment["POSTERN_SECRET_KEY"] = "short";

        var run = await ProgramRun.OfAsync(environment, "doctor");

        run.Output.ShouldContain("warning  secret key: The secret key has 5 characters.\n         -> Take one of at least 32 random ones");
    }

    static string Level(JsonNode finding) => finding["level"]!.ToString();

    static bool Has(List<JsonNode> findings, string check, string level, string seen, string advice) => findings.Exists(
        f => f["check"]!.ToString() == check && Level(f) == level && f["seen"]!.ToString().Contains(seen, StringComparison.Ordinal) && f["advice"]!.ToString().Contains(advice, StringComparison.Ordinal));

    async Task<(int Code, List<JsonNode> Findings)> AskAsync()
    {
        var run = await ProgramRun.OfAsync(environment, "doctor", "--output", "json");
        run.Output.ShouldStartWith("[", customMessage: run.Errors);
        return (run.Code, [.. JsonNode.Parse(run.Output)!.AsArray().Select(f => f!)]);
    }
}
