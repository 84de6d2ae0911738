using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Keys;
using Postern.Storage.Snapshots;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Crypto;

public sealed class KeyPairTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "crypto/certificatekeypairs/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task A_first_pair_exists_under_the_name_blueprints_look_for()
    {
        using var admin = await server.SuperuserAsync();
        var list = await admin.GetApiAsync($"{Path}?name=authentik+Self-signed+Certificate");
        list.Each("key_type").ShouldBe(["\"ec\""]);
        list.Each("private_key_available").ShouldBe(["true"]);
        list.Json["results"]![0]!.AsObject().Select(m => m.Key).ShouldBe(
            ["pk", "name", "fingerprint_sha256", "fingerprint_sha1", "cert_expiry", "cert_subject", "private_key_available", "key_type", "certificate_download_url", "private_key_download_url", "managed"],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("rsa", "rsa")]
    [InlineData("ecdsa", "ec")]
    public async Task Generates_and_shows_what_fits(string algorithm, string type)
    {
        using var admin = await server.SuperuserAsync();
        var made = await admin.PostApiAsync($"{Path}generate/", $$"""{"common_name":"made {{algorithm}}","subject_alt_name":"a.example.org, 192.0.2.1","validity_days":30,"alg":"{{algorithm}}"}""");
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        made.Member("key_type").ShouldBe($"\"{type}\"");
        made.Member("cert_subject").ShouldBe($"\"CN=made {algorithm},O=Postern,OU=Self-signed\"");
        var pk = made.Json["pk"]!.GetValue<string>();

        var pem = (await admin.GetApiAsync($"{Path}{pk}/view_certificate/")).Json["data"]!.GetValue<string>();
        using var certificate = X509Certificate2.CreateFromPem(pem);
        certificate.MatchesHostname("a.example.org").ShouldBeTrue();
        (certificate.NotAfter.ToUniversalTime() - server.Clock.GetUtcNow().UtcDateTime).TotalDays.ShouldBe(30, 1);
        Convert.ToHexString(certificate.GetCertHash(HashAlgorithmName.SHA256)).ShouldBe(made.Json["fingerprint_sha256"]!.GetValue<string>().Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());
        var key = (await admin.GetApiAsync($"{Path}{pk}/view_private_key/")).Json["data"]!.GetValue<string>();
        using var whole = X509Certificate2.CreateFromPem(pem, key);
        whole.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public async Task Private_keys_are_sealed_at_rest_never_listed_and_opened_for_use()
    {
        using var admin = await server.SuperuserAsync();
        var made = await admin.PostApiAsync($"{Path}generate/", """{"common_name":"sealed","validity_days":1,"alg":"ecdsa"}""");
        var pk = made.Json["pk"]!.GetValue<string>();
        var stored = await server.Database.ScalarAsync<string>($"SELECT key_data FROM certificate_key_pair WHERE pk = '{pk}'");
        stored.ShouldStartWith("sealed:1:");
        (await admin.GetApiAsync($"{Path}{pk}/")).Text.ShouldNotContain("PRIVATE KEY");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE context::text LIKE '%PRIVATE KEY%'")).ShouldBe(0);
        var open = (await server.Services.GetRequiredService<Snapshot<KeyPicture>>().GetAsync(CancellationToken.None)).Find(Guid.Parse(pk))!;
        var signature = ((ECDsa)open.PrivateKey!).SignData("x"u8.ToArray(), HashAlgorithmName.SHA256);
        open.Certificate.GetECDsaPublicKey()!.VerifyData("x"u8.ToArray(), signature, HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_are_shown_only_with_their_own_rights_and_every_look_is_recorded()
    {
        using var admin = await server.SuperuserAsync();
        var pk = (await admin.PostApiAsync($"{Path}generate/", """{"common_name":"looked at","validity_days":1,"alg":"ecdsa"}""")).Json["pk"]!.GetValue<string>();
        using var viewer = await server.WithRightsAsync("authentik_crypto.view_certificatekeypair");
        (await viewer.GetApiAsync($"{Path}{pk}/")).Status.ShouldBe(HttpStatusCode.OK);
        (await viewer.GetApiAsync($"{Path}{pk}/view_certificate/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.GetApiAsync($"{Path}{pk}/view_private_key/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await server.WithRightsAsync("authentik_core.view_user");
        (await stranger.GetApiAsync($"{Path}{pk}/view_private_key/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = server.Program();
        (await nobody.GetApiAsync($"{Path}{pk}/view_private_key/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.GetApiAsync($"{Path}{Guid.NewGuid()}/view_private_key/")).Status.ShouldBe(HttpStatusCode.NotFound);

        using var holder = await server.WithRightsAsync("authentik_crypto.view_certificatekeypair", $"authentik_crypto.view_certificatekeypair_key:{pk}");
        using var download = await holder.GetAsync($"/api/v3/{Path}{pk}/view_private_key/?download=true");
        download.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-pem-file");
        download.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("looked at_private_key.pem");
        (await download.Content.ReadAsStringAsync()).ShouldStartWith("-----BEGIN PRIVATE KEY-----");
        (await server.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM event WHERE action = 'secret_view' AND context #>> '{{secret,pk}}' = '{Guid.Parse(pk):N}' AND context ->> 'type' = 'private_key'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("has_key=true", true)]
    [InlineData("has_key=false", false)]
    [InlineData("key_type=rsa", false)]
    [InlineData("key_type=rsa&key_type=ec", true)]
    [InlineData("search=self-signed", true)]
    [InlineData("managed=x", false)]
    public async Task Filters(string query, bool found)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.GetApiAsync($"{Path}?{query}&page_size=100")).Each("name").Contains("\"authentik Self-signed Certificate\"").ShouldBe(found);
    }

    [Fact]
    public async Task Imports_check_that_both_texts_are_readable_and_fit()
    {
        using var admin = await server.SuperuserAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var certificate = new CertificateRequest("CN=imported", key, HashAlgorithmName.SHA384).CreateSelfSigned(server.Clock.GetUtcNow(), server.Clock.GetUtcNow().AddDays(1));
        string Body(string name, string pem, string secret) => new JsonObject { ["name"] = name, ["certificate_data"] = pem, ["key_data"] = secret }.ToJsonString();

        (await admin.PostApiAsync(Path, Body("bad", "no certificate", ""))).ToString().ShouldBe("""400 {"certificate_data":["Unable to load certificate."]}""");
        (await admin.PostApiAsync(Path, Body("bad", certificate.ExportCertificatePem(), "no key"))).Text.ShouldContain("Unable to load private key.");
        (await admin.PostApiAsync(Path, Body("bad", certificate.ExportCertificatePem(), key.ExportSubjectPublicKeyInfoPem()))).Text.ShouldContain("Unable to load private key.");
        (await admin.PostApiAsync(Path, Body("bad", certificate.ExportCertificatePem(), other.ExportPkcs8PrivateKeyPem()))).ToString()
            .ShouldBe("""400 {"key_data":["The private key does not belong to the certificate."]}""");
        var made = await admin.PostApiAsync(Path, Body("imported", certificate.ExportCertificatePem(), key.ExportECPrivateKeyPem()));
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        var pk = made.Json["pk"]!.GetValue<string>();
        (await admin.CallAsync("PATCH", $"{Path}{pk}/", """{"name":"imported 2"}""")).Member("private_key_available").ShouldBe("true");
        (await admin.CallAsync("DELETE", $"{Path}{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("{}", """{"common_name":["This field is required."],"validity_days":["This field is required."]}""")]
    [InlineData("""{"common_name":" ","validity_days":"x"}""", """{"common_name":["This field may not be blank."],"validity_days":["A valid integer is required."]}""")]
    [InlineData("""{"common_name":"a","validity_days":0}""", """{"validity_days":["Ensure this value is between 1 and 36500."]}""")]
    [InlineData("""{"common_name":"a","validity_days":1,"alg":"dsa"}""", """{"alg":["\u0022dsa\u0022 is not a valid choice."]}""")]
    [InlineData("""{"common_name":"a","validity_days":1,"subject_alt_name":"a b"}""", """{"subject_alt_name":["Enter host names or addresses with commas between them."]}""")]
    [InlineData("""{"common_name":"authentik Self-signed Certificate","validity_days":1,"alg":"ecdsa"}""", """{"name":["This field must be unique."]}""")]
    public async Task Generation_refuses(string body, string errors)
    {
        using var admin = await server.SuperuserAsync();
        var answer = await admin.PostApiAsync($"{Path}generate/", body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.DeepEquals(answer.Json, JsonNode.Parse(errors)).ShouldBeTrue(answer.Text);
    }

    [Fact]
    public async Task Generation_needs_the_right_to_add()
    {
        using var viewer = await server.WithRightsAsync("authentik_crypto.view_certificatekeypair");
        (await viewer.PostApiAsync($"{Path}generate/", """{"common_name":"a","validity_days":1,"alg":"ecdsa"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
