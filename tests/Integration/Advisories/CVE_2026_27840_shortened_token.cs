using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>A part of a token was taken for the whole (ZITADEL).</summary>
public sealed class CVE_2026_27840_shortened_token(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Is_none()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("shortened"));
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        foreach (var change in new Func<string, string>[] { t => t[..^1], t => t[..(t.Length / 2)], t => $"{t}A", t => $" {t}"[..t.Length], t => t.ToUpperInvariant() })
        {
            (await flow.UserinfoAsync(program, change(tokens["access_token"]!.GetValue<string>()).Trim())).ShouldBe(HttpStatusCode.Unauthorized);
            (await flow.RefreshAsync(program, change(tokens["refresh_token"]!.GetValue<string>()))).Member("error").ShouldBe("\"invalid_grant\"");
        }
    }
}
