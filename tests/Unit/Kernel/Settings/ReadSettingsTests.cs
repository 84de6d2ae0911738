using System.Net;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;

namespace Postern.Tests.Unit.Kernel.Settings;

public sealed class ReadSettingsTests
{
    static Result<PosternSettings> Read(params (string Name, string Value)[] environment) =>
        ReadSettings.From(
            environment.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
            path => path is "/run/secrets/key" ? "from-file\n" : null);

    static PosternSettings Good(params (string Name, string Value)[] environment) => Read(environment).Value;

    [Fact]
    public void No_feature_needs_a_license_unless_it_is_said()
    {
        Good().GatedFeatures.ShouldBeEmpty();
        Good(("POSTERN_ENTERPRISE__GATED", "data_exports, password_history")).GatedFeatures.ShouldBe([LicensedFeature.DataExports, LicensedFeature.PasswordHistory]);
        Good(("POSTERN_ENTERPRISE__GATED", "all")).GatedFeatures.ShouldBe(Enum.GetValues<LicensedFeature>());
        Bad(("POSTERN_ENTERPRISE__GATED", "everything"))["POSTERN_ENTERPRISE__GATED"].ShouldHaveSingleItem().ShouldContain("account_lockdown, data_exports, password_history");
    }

    static FieldErrors Bad(params (string Name, string Value)[] environment) =>
        Read(environment).Fault.ShouldBeOfType<Fault.Invalid>().Errors;

    [Fact]
    public void Nothing_set_gives_the_defaults()
    {
        var settings = Good(("PATH", "/bin"), ("HOME", "/root"));

        settings.DataRoot.ShouldBe("./var");
        settings.Postgres.ShouldBeNull();
        settings.ListenHttp.ShouldBe([new IPEndPoint(IPAddress.Any, 9000)]);
        settings.ListenMetrics.ShouldBe([new IPEndPoint(IPAddress.Loopback, 9300)]);
        settings.Email.ShouldBe(new EmailSettings("localhost", 25, null, null, UseTls: false, UseSsl: false, TimeSpan.FromSeconds(10), "authentik@localhost", CaFile: null, TemplateFolder: null));
        settings.SecretKey.ShouldBeNull();
        settings.LogLevel.ShouldBe(LogThreshold.Info);
        settings.TrustedProxies.ShouldContain(network => network.Contains(IPAddress.Parse("10.1.2.3")));
        settings.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Our_names_win_over_the_references_names()
    {
        var settings = Good(("POSTERN_EMAIL__HOST", "ours"), ("AUTHENTIK_EMAIL__HOST", "theirs"), ("AUTHENTIK_EMAIL__FROM", "id@example.org"));

        settings.Email.Host.ShouldBe("ours");
        settings.Email.From.ShouldBe("id@example.org");
    }

    [Theory]
    [InlineData("file:///run/secrets/key", "from-file")]
    [InlineData("file:///run/secrets/none?fallback", "fallback")]
    [InlineData("env://KEY", "from-env")]
    [InlineData("env://NO_SUCH?fallback", "fallback")]
    [InlineData("plain?text", "plain?text")]
    public void A_value_may_stand_elsewhere(string value, string expected) =>
        Good(("POSTERN_SECRET_KEY", value), ("KEY", "from-env")).SecretKey!.Value.Reveal.ShouldBe(expected);

    [Theory]
    [InlineData("file:///run/secrets/none", "The file /run/secrets/none cannot be read.")]
    [InlineData("env://NO_SUCH", "The variable NO_SUCH is not set.")]
    public void A_value_that_stands_nowhere_is_refused(string value, string reason) =>
        Bad(("POSTERN_SECRET_KEY", value))["POSTERN_SECRET_KEY"].ShouldBe([reason]);

    [Theory]
    [InlineData("POSTERN_EMAIL__HOTS", "POSTERN_EMAIL__HOST")]
    [InlineData("POSTERN_LISTEN_HTTP", "POSTERN_LISTEN__HTTP")]
    [InlineData("POSTERN_SECRETKEY", "POSTERN_SECRET_KEY")]
    [InlineData("postern_log_levle", "POSTERN_LOG_LEVEL")]
    public void An_unknown_name_of_ours_is_refused_with_the_nearest(string name, string nearest) =>
        Bad((name, "x"))[name].ShouldBe([$"There is no such setting. The nearest is {nearest}."]);

    [Fact]
    public void An_unknown_name_of_the_references_is_only_noted() =>
        Good(("AUTHENTIK_EMAIL__HOTS", "x")).Notes
            .ShouldBe(["AUTHENTIK_EMAIL__HOTS is not known and has no effect. The nearest setting is POSTERN_EMAIL__HOST."]);

    [Theory]
    [InlineData("POSTERN_WEB__WORKERS")]
    [InlineData("AUTHENTIK_ERROR_REPORTING__ENABLED")]
    [InlineData("AUTHENTIK_STORAGE__MEDIA__BACKEND")]
    [InlineData("AUTHENTIK_POSTGRESQL__READ_REPLICAS__0__HOST")]
    public void A_name_without_effect_is_noted(string name) =>
        Good((name, "x")).Notes.ShouldBe([$"{name} is accepted for compatibility and has no effect."]);

    [Theory]
    [InlineData("POSTERN_LISTEN__HTTP", "nine thousand")]
    [InlineData("POSTERN_LISTEN__HTTP", "::1:9000")]
    [InlineData("POSTERN_LISTEN__TRUSTED_PROXY_CIDRS", "10.0.0.0/8,all")]
    [InlineData("POSTERN_EMAIL__PORT", "0")]
    [InlineData("POSTERN_EMAIL__USE_TLS", "perhaps")]
    [InlineData("POSTERN_LOG_LEVEL", "loud")]
    [InlineData("POSTERN_BASE_URL", "id.example.org")]
    [InlineData("POSTERN_BASE_URL", "ftp://id.example.org")]
    [InlineData("POSTERN_BOOTSTRAP_EMAIL", "nobody")]
    [InlineData("POSTERN_POSTGRESQL__URL", "mysql://db/x")]
    [InlineData("POSTERN_POSTGRESQL__URL", "postgresql://db/x?sslmod=require")]
    [InlineData("POSTERN_POSTGRESQL__URL", "postgresql://db/x?sslmode=maybe")]
    [InlineData("POSTERN_POSTGRESQL__SSLMODE", "maybe")]
    [InlineData("POSTERN_SESSIONS__UNAUTHENTICATED_AGE", "soon")]
    public void A_value_of_the_wrong_shape_is_refused(string name, string value) =>
        Bad((name, value))[name].ShouldHaveSingleItem().ShouldStartWith("This must be ");

    [Fact]
    public void Mail_is_by_one_kind_of_TLS_or_the_other() =>
        Bad(("POSTERN_EMAIL__USE_TLS", "true"), ("POSTERN_EMAIL__USE_SSL", "true"))["POSTERN_EMAIL__USE_SSL"].ShouldHaveSingleItem().ShouldContain("STARTTLS");

    [Fact]
    public void Every_mistake_is_named_at_once() =>
        Bad(("POSTERN_EMAIL__PORT", "x"), ("POSTERN_NONSENSE", "1"), ("AUTHENTIK_LOG_LEVEL", "loud")).Fields
            .ShouldBe(["POSTERN_EMAIL__PORT", "AUTHENTIK_LOG_LEVEL", "POSTERN_NONSENSE"], ignoreOrder: true);

    [Fact]
    public void A_database_server_has_the_references_defaults() =>
        Good(("AUTHENTIK_POSTGRESQL__HOST", "db"), ("AUTHENTIK_POSTGRESQL__PASSWORD", "s3cret")).Postgres
            .ShouldBe(new PostgresSettings { Host = "db", Port = 5432, Name = "authentik", User = "authentik", Password = new("s3cret") });

    [Theory]
    [InlineData("postgresql://u:p%40ss@db:6543/app?sslmode=require", "db", 6543, "app", "u", "p@ss")]
    [InlineData("postgres://db/app", "db", 5432, "app", "authentik", null)]
    [InlineData("postgresql://u@/app?host=/run/postgresql&port=5433", "/run/postgresql", 5433, "app", "u", null)]
    [InlineData("postgresql:///app?host=/run/postgresql", "/run/postgresql", 5432, "app", "authentik", null)]
    [InlineData("postgresql://u@[::1]:5432/app", "[::1]", 5432, "app", "u", null)]
    public void A_database_address_is_taken_apart(string url, string host, int port, string name, string user, string? password)
    {
        var postgres = Good(("POSTERN_POSTGRESQL__URL", url)).Postgres!;

        (postgres.Host, postgres.Port, postgres.Name, postgres.User, postgres.Password?.Reveal).ShouldBe((host, port, name, user, password));
    }

    [Fact]
    public void Secrets_do_not_print() =>
        Good(("POSTERN_SECRET_KEY", "topsecret"), ("POSTERN_POSTGRESQL__URL", "postgresql://u:topsecret@db/app"), ("POSTERN_EMAIL__PASSWORD", "topsecret"),
            ("POSTERN_BOOTSTRAP_PASSWORD", "topsecret"), ("POSTERN_BOOTSTRAP_TOKEN", "topsecret"))
            .ToString().ShouldNotContain("topsecret");

    [Fact]
    public void A_bootstrap_password_is_given_plain_or_hashed_not_both() =>
        Bad(("POSTERN_BOOTSTRAP_PASSWORD", "x"), ("POSTERN_BOOTSTRAP_PASSWORD_HASH", "pbkdf2_sha256$1$a$b"))["POSTERN_BOOTSTRAP_PASSWORD_HASH"]
            .ShouldBe(["This must be left out where BOOTSTRAP_PASSWORD is given."]);

    [Fact]
    public void Both_spellings_of_the_base_address_are_known()
    {
        Good(("POSTERN_WEB__BASE_URL", "https://a.example/")).BaseUrl.ShouldBe(new Uri("https://a.example/"));
        var both = Good(("POSTERN_BASE_URL", "https://b.example/"), ("AUTHENTIK_WEB__BASE_URL", "https://a.example/"));
        both.BaseUrl.ShouldBe(new Uri("https://b.example/"));
        both.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[::]:9000", "[::]:9000")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData(":8080", "0.0.0.0:8080")]
    public void Addresses_to_listen_on(string text, string expected) =>
        Good(("POSTERN_LISTEN__HTTP", text)).ListenHttp.Select(end => end.ToString()).ShouldBe([expected]);
}
