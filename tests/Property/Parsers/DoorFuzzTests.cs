using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Property.Parsers;

/// <summary>Doors that anybody may knock at, on the real server: whatever is posted, asked or shown as a cookie is answered, and never by a failure.</summary>
public sealed class DoorFuzzTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Form = "application/x-www-form-urlencoded";
    const string Multipart = "multipart/form-data; boundary=b";
    const string Json = "application/json";


    static readonly string[] forms =
    [
        "uid_field=ann&password=x", "client_id=a&client_secret=b&grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Frp.example.com%2Fcb&code_verifier=v", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=x",
        "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "token=x&token_type_hint=refresh_token", "a=%00&b=%ff&c", "code=ABCD-EFGH", "webauthn=%7B%22rawId%22%3A1%7D",
    ];

    static readonly string[] parts =
    [
        "--b\r\nContent-Disposition: form-data; name=\"uid_field\"\r\n\r\nann\r\n--b--\r\n", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--", "--b\r\n\r\n--b--",
    ];

    static readonly string[] bodies =
    [
        """{"uid_field": "ann", "password": "x"}""", """{"code": "000000", "selected_challenge": {"device_class": "totp", "device_uid": "1"}}""", """{"webauthn": {"rawId": "AAAA", "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}}""",
        """{"uid_field": "\ud800"}""", """{"\udfff": "\u0000"}""", """{"uid_field": "a", "uid_field": "b"}""", """{"response": {"attestationObject": "oWNmbXRkbm9uZQ", "attestationObject": 1}}""", "[[[[]]]]", "1e999", """{"a": {"a": {"a": {}}}}""",
    ];

    static readonly string[] queries =
    [
        "client_id=a&redirect_uri=https%3A%2F%2Frp.example.com%2Fcb&response_type=code&scope=openid&state=s&nonce=n&code_challenge=x&code_challenge_method=S256", "request=eyJhbGciOiJub25lIn0.e30.&client_id=a", "claims=%7B%22id_token%22%3A%7B%22sub%22%3Anull%7D%7D&max_age=-1&prompt=none+login",
        "query=next%3D%252F&next=%2F%2Fevil", "itoken=0b9f&flow_token=x", "page=1&page_size=x&ordering=-a&search=username%20%3D%20%22a%22",
    ];

    static readonly string[] cookies =
    [
        "authentik_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; authentik_csrf=x; authentik_device=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; authentik_mfa=sealed:1:AAAA; theme=dark",
        "authentik_session=%00; =; a", "authentik_mfa=sealed%3A1%3A%3D", "__Host-authentik_session=x",
    ];

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/if/flow/default-authentication-flow/", Form)]
    [InlineData("/if/flow/default-recovery-flow/", Multipart)]
    [InlineData("/api/v3/flows/executor/default-authentication-flow/?query=", Json)]
    [InlineData("/api/v3/flows/executor/default-authentication-flow/?query=", Form)]
    [InlineData("/application/o/token/", Form)]
    [InlineData("/application/o/par/", Form)]
    [InlineData("/application/o/introspect/", Form)]
    [InlineData("/application/o/device/", Multipart)]
    [InlineData("/if/invitation/", Form)]
    [InlineData("/-/theme/", Form)]
    public async Task Whatever_is_posted_is_answered(string path, string type)
    {
        using var client = server.Browser();
        await FuzzAsync(type is Json ? bodies : type is Multipart ? parts : forms, async input =>
        {
            using var content = new ByteArrayContent(input);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var answer = await client.PostAsync(path, content, Cancellation);
            return (int)answer.StatusCode;
        });
    }

    [Theory]
    [InlineData("/application/o/authorize/")]
    [InlineData("/if/flow/default-authentication-flow/")]
    [InlineData("/flows/-/default/authentication/")]
    [InlineData("/if/user/")]
    public async Task Whatever_is_asked_is_answered(string path)
    {
        using var client = server.Program();
        await FuzzAsync(queries, async input =>
        {
            using var answer = await client.GetAsync($"{path}?{Printable(input, 6_000)}", Cancellation);
            return (int)answer.StatusCode;
        });
    }

    [Theory]
    [InlineData("Cookie")]
    [InlineData("Authorization")]
    [InlineData("Accept-Language")]
    [InlineData("X-Forwarded-For")]
    [InlineData("User-Agent")]
    public async Task Whatever_a_header_says_is_answered(string header)
    {
        using var client = server.Program();
        await FuzzAsync([.. cookies, "Bearer x", "Basic YTpi", "DPoP eyJhbGciOiJub25lIn0.e30.", "de-CH, de;q=0.9, *;q=0.1", "203.0.113.9, [2001:db8::1]:80", "Mozilla/5.0 (X11)"], async input =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/flows/executor/default-authentication-flow/?query=");
            request.Headers.TryAddWithoutValidation(header, Printable(input, 8_000));
            using var answer = await client.SendAsync(request, Cancellation);
            return (int)answer.StatusCode;
        });
    }

    async Task FuzzAsync(string[] corpus, Func<byte[], Task<int>> send)
    {
        byte[][] seeds = [.. corpus.Select(Encoding.UTF8.GetBytes)];
        var mutation = new Mutation(Fuzzing.Seed(), seeds);
        foreach (var input in seeds.Concat(Fuzzing.Inputs(50).Select(_ => mutation.Next())))
        {
            (await send(input)).ShouldBeLessThan(500, $"{Convert.ToBase64String(input[..Math.Min(input.Length, 4096)])}\n{string.Join('\n', server.Errors.Claim())}");
        }
    }

    // What a client can send in this place at all.
    static string Printable(byte[] input, int longest) => new([.. input.Take(longest).Select(b => b is > 0x20 and < 0x7f and not (byte)'#' ? (char)b : b == 0x20 ? '+' : '~')]);
}
