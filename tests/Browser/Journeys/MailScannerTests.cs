using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Jobs;
using Postern.Mail;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>
/// What scanners of mail do to a link before its reader sees it: HEAD, GET, and a visit by a browser that runs scripts. For each kind of link that the product mails, none of it changes anything,
/// and the reader's click still works.
/// </summary>
[Trait("Fault", "F27")]
public sealed class MailScannerTests(BrowserFixture journey)
{
    /// <summary>Kinds of links: the template that carries them, how one comes about, and what its reader sees after pressing the button.</summary>
    static readonly Dictionary<string, (string Template, Func<Scene, Task<string>> Make, string Then)> Kinds = new(StringComparer.Ordinal)
    {
        ["recovery link of an administrator"] = ("email/password_reset.html", static scene => scene.AdministratorsLinkAsync(), "[name=password]"),
        ["forgotten password"] = ("email/password_reset.html", static scene => scene.AskAsync("default-recovery-flow", new() { ["uid_field"] = "reader" }), "[name=password]"),
        ["sign-in by mail"] = ("email/account_confirmation.html", static scene => scene.AskAsync("by-mail", new() { ["uid_field"] = "reader" }), "text=My applications"),
        ["confirmation of a new account"] = ("email/account_confirmation.html", static scene => scene.AskAsync("join", new() { ["username"] = "new", ["email"] = "reader@example.org" }), "text=My applications"),
        ["invitation"] = ("email/invitation.html", static scene => scene.InviteAsync(), "[name=password]"),
    };

    static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        // These lead to a page of the signed-in reader, and carry nothing.
        ["email/new_sign_in.html"] = "/if/user/",
        ["email/password_changed.html"] = "/if/user/",
        ["email/device_added.html"] = "/if/user/",
        ["email/device_removed.html"] = "/if/user/",
        ["email/address_changed.html"] = "/if/user/",
        ["email/recovery_used.html"] = "/if/user/",
        ["email/security_notification.html"] = "/if/user/",
        ["email/account_welcome.html"] = "/if/user/",
        ["email/license_notice.html"] = "/if/admin/enterprise/licenses/",
        ["email/invitation_welcome.html"] = "/",
        ["email/invitation_accepted.html"] = "/if/admin/directory/users/",
        ["email/invitation_approval.html"] = "/if/admin/directory/users/",
        // The link of the invitation once more.
        ["email/invitation_reminder.html"] = "/if/flow/",
        // No links at all.
        ["email/email_otp.html"] = "",
        ["email/event_notification.html"] = "",
        ["email/setup.html"] = "",
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_template_is_accounted_for()
    {
        await using var server = await TestServer.StartAsync();
        server.Services.GetRequiredService<MailTemplates>().Names.ShouldBe(Kinds.Values.Select(k => k.Template).Concat(Plain.Keys).Distinct(StringComparer.Ordinal), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scanner_changes_nothing_and_the_reader_still_gets_in(string kind)
    {
        var (template, make, then) = Kinds[kind];
        await using var scene = await Scene.OpenAsync(template);
        var url = await make(scene);
        var before = await scene.FingerprintAsync();

        using (var scanner = scene.Server.Browser())
        {
            foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get, HttpMethod.Get })
            {
                using var response = await scanner.SendAsync(new HttpRequestMessage(method, url), Cancellation);
                ((int)response.StatusCode).ShouldBeLessThan(method == HttpMethod.Head ? 500 : 400);
            }
        }
        await using (var scripts = await journey.OpenAsync(scene.Server))
        {
            await scripts.Page.GotoAsync(url);
            await scripts.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }
        (await scene.FingerprintAsync()).ShouldBe(before);
        (await scene.Server.Database.ScalarAsync<long>("SELECT count(*) FROM session WHERE user_pk IS NOT NULL")).ShouldBe(0);

        await using var reader = await journey.OpenAsync(scene.Server);
        await reader.Page.GotoAsync(url);
        if (kind is not "invitation")
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(then).First).ToBeVisibleAsync();
    }

    /// <summary>A server with one person, <c>reader</c>, flows that mail links, and a mail server.</summary>
    sealed class Scene : IAsyncDisposable
    {
        readonly SmtpServer smtp = new();
        HttpClient root = null!;
        int reader;

        public TestServer Server { get; private set; } = null!;

        public static async Task<Scene> OpenAsync(string template)
        {
            var scene = new Scene();
            scene.Server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
                ["POSTERN_EMAIL__PORT"] = scene.smtp.Port.ToString(CultureInfo.InvariantCulture),
            });
            scene.root = await scene.Server.SuperuserAsync();
            scene.reader = (await scene.Server.AddUserAsync("reader")).Pk;
            await scene.ImportAsync(Flows.Replace("TEMPLATE", template, StringComparison.Ordinal));
            return scene;
        }

        public async Task<string> AdministratorsLinkAsync() => (await root.CallAsync("POST", $"core/users/{reader}/recovery/", "{}")).Json["link"]!.ToString();

        /// <summary>Starts a flow as a stranger and answers its first challenge; the link comes by mail.</summary>
        public async Task<string> AskAsync(string flow, JsonObject answer)
        {
            using var stranger = Server.PageScript();
            var url = $"/api/v3/flows/executor/{flow}/?query=";
            await stranger.GetAsync(url, Cancellation);
            using var asked = await stranger.PostAsJsonAsync(url, answer, Cancellation);
            (await asked.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["component"]!.ToString().ShouldBe("ak-stage-email");
            return await MailedAsync();
        }

        public async Task<string> InviteAsync()
        {
            await ImportAsync(await File.ReadAllTextAsync(Path.Combine(Root, "blueprints/example/flows-invitation-enrollment-minimal.yaml"), Cancellation));
            var flow = (await root.GetApiAsync("flows/instances/?designation=enrollment&search=invit")).Json["results"]![0]!["pk"]!;
            var made = await root.PostApiAsync("stages/invitation/invitations/", $$"""{"name":"scanned","single_use":true,"flow":"{{flow}}","expires":"{{Server.Clock.GetUtcNow().AddDays(1):o}}"}""");
            (await root.PostApiAsync($"stages/invitation/invitations/{made.Json["pk"]}/send_email/", """{"email_addresses":["reader@example.org"]}""")).Text.ShouldBeEmpty();
            return await MailedAsync();
        }

        /// <summary>Everything the database holds, but what any visit leaves: its session, the log, and the ledger's mark that the invitation was opened.</summary>
        public async Task<string> FingerprintAsync()
        {
            var tables = await Server.Database.ScalarAsync<string[]>("SELECT array_agg(tablename::text ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('session', 'event', 'job', 'invitation_entry')");
            var sums = new List<string>();
            foreach (var table in tables!.Where(t => !t.StartsWith("event_", StringComparison.Ordinal)))
                sums.Add($"{table} {await Server.Database.ScalarAsync<string>($"SELECT md5(coalesce(string_agg((to_jsonb(t) - 'opened_on')::text, E'\\n' ORDER BY t::text), '')) FROM \"{table}\" t")}");
            return string.Join('\n', sums);
        }

        public async ValueTask DisposeAsync()
        {
            root.Dispose();
            await Server.DisposeAsync();
            await smtp.DisposeAsync();
        }

        async Task<string> MailedAsync()
        {
            await Server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
            return Regex.Match(smtp.LastTo("reader@example.org").Text, @"http://\S+?(?=[\s)])", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        }

        async Task ImportAsync(string yaml)
        {
            using var form = new MultipartFormDataContent { { new StringContent(yaml), "file", "flows.yaml" } };
            var import = await (await root.PostAsync("/api/v3/managed/blueprints/import/", form, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation);
            import!["success"]!.GetValue<bool>().ShouldBeTrue(import.ToJsonString());
        }

        static string Root => Repository.Folder;

        const string Flows = """
            version: 1
            metadata: {name: links by mail}
            entries:
              - {model: authentik_flows.flow, id: by-mail, identifiers: {slug: by-mail}, attrs: {name: By mail, title: Sign in by mail, designation: authentication}}
              - {model: authentik_stages_identification.identificationstage, id: who, identifiers: {name: by-mail-who}, attrs: {user_fields: [username]}}
              - {model: authentik_stages_email.emailstage, id: link, identifiers: {name: by-mail-link}, attrs: {use_global_settings: true, template: TEMPLATE}}
              - {model: authentik_stages_user_login.userloginstage, id: login, identifiers: {name: by-mail-login}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf by-mail, stage: !KeyOf who, order: 0}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf by-mail, stage: !KeyOf link, order: 10}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf by-mail, stage: !KeyOf login, order: 20}}
              - {model: authentik_flows.flow, id: join, identifiers: {slug: join}, attrs: {name: Join, title: Join, designation: enrollment}}
              - {model: authentik_stages_prompt.prompt, id: username, identifiers: {name: join-username}, attrs: {field_key: username, label: Username, type: username, required: true}}
              - {model: authentik_stages_prompt.prompt, id: email, identifiers: {name: join-email}, attrs: {field_key: email, label: Email, type: email, required: true}}
              - {model: authentik_stages_prompt.promptstage, id: ask, identifiers: {name: join-ask}, attrs: {fields: [!KeyOf username, !KeyOf email]}}
              - {model: authentik_stages_user_write.userwritestage, id: write, identifiers: {name: join-write}, attrs: {create_users_as_inactive: true, user_creation_mode: always_create, user_type: internal}}
              - {model: authentik_stages_email.emailstage, id: confirm, identifiers: {name: join-confirm}, attrs: {use_global_settings: true, template: TEMPLATE, activate_user_on_success: true}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf join, stage: !KeyOf ask, order: 0}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf join, stage: !KeyOf write, order: 10}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf join, stage: !KeyOf confirm, order: 20}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf join, stage: !KeyOf login, order: 30}}
            """;
    }
}
