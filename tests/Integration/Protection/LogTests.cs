using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Directory.Passwords;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>No secret stands in a line of the log, however much is logged, nor in an event.</summary>
public sealed class LogTests(LogTests.TalkativeServer server) : IClassFixture<LogTests.TalkativeServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_of_all_kinds_of_use_leaves_no_secret_in_log_and_events()
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["password"] = MfaServer.Password,
            ["wrong password"] = "my other password by mistake",
            ["secret key"] = "the secret key of all test servers",
            ["bootstrap token"] = OidcServer.Token,
        };
        await SignInAsync(secrets);
        await UseApiAsync(secrets);
        await UseProtocolAsync(secrets);
        await FailAsync(secrets);

        var events = await server.Server.Database.ScalarAsync<string>("SELECT string_agg(e::text, E'\\n') FROM event e");
        var lines = server.Lines;
        lines.ShouldNotBeEmpty("this log is of use");
        foreach (var (name, secret) in secrets)
        {
            secret.Length.ShouldBeGreaterThan(5, name);
            lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal), name);
            events!.ShouldNotContain(secret, Case.Sensitive, name);
        }
    }

    async Task SignInAsync(Dictionary<string, string> secrets)
    {
        var person = await server.Server.AddUserAsync("logged", u => u.Password = PasswordHash.Encode(MfaServer.Password, 1000));
        secrets["password hash"] = person.Password;
        var cookies = new CookieContainer();
        using var visitor = new Visitor(server.Server, cookies);
        (await visitor.SignInAsync("logged", password: secrets["wrong password"])).Component().ShouldBe("ak-stage-password");
        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })).Component().ShouldBe("xak-flow-redirect");
        foreach (var cookie in cookies.GetCookies(server.Server.Address).Cast<Cookie>().Where(c => c.Value.Length > 20))
            secrets[$"cookie {cookie.Name}"] = cookie.Value;
        var codes = await visitor.ShowAsync("default-authenticator-static-setup");
        secrets["recovery code"] = codes["codes"]![0]!.ToString();
        (await visitor.AnswerAsync("default-authenticator-static-setup", [])).Component().ShouldBe("xak-flow-redirect");
        var seed = await visitor.ShowAsync("default-authenticator-totp-setup");
        secrets["seed"] = System.Web.HttpUtility.ParseQueryString(new Uri(seed["config_url"]!.ToString()).Query)["secret"]!;
        await visitor.AnswerAsync("default-authenticator-totp-setup", new JsonObject { ["code"] = "000000" });
        var link = (await server.Admin.PostApiAsync($"core/users/{person.Pk}/recovery/", "{}")).Json["link"]!.ToString();
        secrets["recovery link"] = link[(link.LastIndexOf('=') + 1)..];
        using var other = new Visitor(server.Server);
        await other.ShowAsync("default-recovery-flow", link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..]);
    }

    async Task UseApiAsync(Dictionary<string, string> secrets)
    {
        var admin = server.Admin;
        secrets["token key"] = $"given-{Guid.NewGuid():N}";
        (await admin.PostApiAsync("core/tokens/", """{"identifier": "logged", "intent": "api"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await admin.PostApiAsync("core/tokens/logged/set_key/", new JsonObject { ["key"] = secrets["token key"] }.ToJsonString())).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync("core/tokens/logged/view_key/")).Text.ShouldContain(secrets["token key"]);
        secrets["mail password"] = $"smtp-{Guid.NewGuid():N}";
        secrets["captcha key"] = $"captcha-{Guid.NewGuid():N}";
        (await admin.PostApiAsync("stages/email/", new JsonObject { ["name"] = "logged", ["host"] = "mail.example.org", ["password"] = secrets["mail password"] }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        (await admin.PostApiAsync("stages/captcha/", new JsonObject { ["name"] = "logged-captcha", ["public_key"] = "x", ["private_key"] = secrets["captcha key"] }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        secrets["set password"] = "a password that was set";
        var person = await server.Server.AddUserAsync("set");
        (await admin.PostApiAsync($"core/users/{person.Pk}/set_password/", """{"password": "a password that was set"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    async Task UseProtocolAsync(Dictionary<string, string> secrets)
    {
        var flow = new Flow(server, await server.AddApplicationAsync("logged"));
        secrets["client secret"] = flow.Secret;
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        secrets["code"] = await flow.CodeAsync(browser);
        var tokens = (await flow.RedeemAsync(program, secrets["code"])).Json;
        foreach (var name in new[] { "access_token", "refresh_token", "id_token" })
            secrets[name] = tokens[name]!.ToString();
        await flow.RefreshAsync(program, secrets["refresh_token"]);
        await flow.RedeemAsync(program, secrets["code"]);
        await flow.UserinfoAsync(program, secrets["access_token"] + "x");
        var device = (await flow.PostAsync(program, "/application/o/device/", ("scope", "openid"))).Json;
        secrets["device code"] = device["device_code"]!.ToString();
    }

    /// <summary>Requests that fail, with secrets where people put them by mistake.</summary>
    async Task FailAsync(Dictionary<string, string> secrets)
    {
        using var program = server.Server.Program(secrets["token key"] + "x");
        (await program.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = server.Server.Program();
        await nobody.GetAsync($"/nowhere/?password={Uri.EscapeDataString(secrets["token key"])}", Cancellation);
        using var broken = await nobody.PostAsync("/api/v3/core/users/", new StringContent($"{{\"password\": \"{secrets["token key"]}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
        using var failed = await nobody.GetAsync($"/broken?token={secrets["token key"]}", Cancellation);
        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await failed.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("broke");
        server.Server.Errors.Claim().ShouldHaveSingleItem();
    }

    /// <summary>A server that logs all it can.</summary>
    public sealed class TalkativeServer : OidcServer, ILoggerProvider
    {
        readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => new Writer(lines);

        public void Dispose()
        {
        }

        protected override void Adjust(IServiceCollection services)
        {
            // What operators cannot switch on stays quiet here too.
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
            services.AddSingleton<Postern.Api.IRequestStep>(new TestDoor("/broken", _ => throw new InvalidOperationException("This broke.")));
        }

        sealed class Writer(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                    lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
