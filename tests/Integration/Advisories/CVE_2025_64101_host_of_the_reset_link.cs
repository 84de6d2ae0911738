using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// The link to reset a password was built from a header of whoever asked for it (ZITADEL, four times: CVE-2023-49097, GHSA-93m4-mfpg-c3xf, CVE-2025-64101, GHSA-pfrf-9r5f-73f5). Guards Brands/Links,
/// which builds none to a host that is not this installation's.
/// </summary>
[Trait("Fault", "F12")]
public sealed class CVE_2025_64101_host_of_the_reset_link(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Theory]
    [InlineData("Host")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("X-Original-Host")]
    [InlineData("X-Host")]
    public async Task Is_never_one_that_a_stranger_named(string header)
    {
        var person = await AddPersonAsync("hosted");
        using var thief = Visitor();
        thief.Http.DefaultRequestHeaders.TryAddWithoutValidation(header, header == "Forwarded" ? "host=evil.example.org;proto=https" : "evil.example.org");
        await thief.ShowAsync("default-recovery-flow");
        await thief.AnswerAsync("default-recovery-flow", new JsonObject { ["uid_field"] = person.Username });
        await Mfa.WorkAsync();
        var mail = Mfa.Mail.LastTo(person.Email);
        mail.Text.ShouldNotContain("evil.example.org");
        mail.Text.ShouldContain("flow_token=");
    }
}
