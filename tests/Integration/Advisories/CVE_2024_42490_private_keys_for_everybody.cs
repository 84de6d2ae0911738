using System.Net;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Doors beside the usual ones forgot to ask for a right: private keys, what uses an object; and CVE-2026-55106, a source's debugging. Guards the right in Keys/RevealKeyPair and in Storage's
/// FindUses; <c>Api/everything/AccessTests</c> goes over every door there is.
/// </summary>
public sealed class CVE_2024_42490_private_keys_for_everybody(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Theory]
    [InlineData("view_private_key/")]
    [InlineData("view_certificate/")]
    [InlineData("used_by/")]
    [InlineData("")]
    public async Task Need_their_rights(string door)
    {
        var pair = (await Admin.GetApiAsync("crypto/certificatekeypairs/?page_size=1")).Json["results"]![0]!["pk"]!;
        (await Admin.GetApiAsync($"crypto/certificatekeypairs/{pair}/{door}")).Status.ShouldBe(HttpStatusCode.OK);
        using var person = await Server.WithRightsAsync();
        using var nobody = Server.Program();
        foreach (var client in new[] { person, nobody })
            (await client.GetApiAsync($"crypto/certificatekeypairs/{pair}/{door}")).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        using var viewer = await Server.WithRightsAsync("authentik_crypto.view_certificatekeypair");
        (await viewer.GetApiAsync($"crypto/certificatekeypairs/{pair}/view_private_key/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
