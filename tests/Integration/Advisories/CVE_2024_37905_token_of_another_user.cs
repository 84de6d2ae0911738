using System.Net;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>People could turn their own API token into one of somebody else. Guards Directory/Tokens/TokenRules.</summary>
public sealed class CVE_2024_37905_token_of_another_user(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task A_token_keeps_its_owner()
    {
        var (person, root) = (await AddPersonAsync("token-owner"), await Server.AddSuperuserAsync($"token-prey-{Guid.NewGuid():N}"));
        var key = await Server.AddTokenAsync(person, t => t.Identifier = $"own-{person.Pk}");
        using var program = Server.Program(key);
        foreach (var method in new[] { "PATCH", "PUT" })
            (await program.CallAsync(method, $"core/tokens/own-{person.Pk}/", $$"""{"identifier": "own-{{person.Pk}}", "user": {{root.Pk}}}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await program.PostApiAsync("core/tokens/", $$"""{"identifier": "new-{{person.Pk}}", "user": {{root.Pk}}}""")).Json["user"]!.GetValue<int>().ShouldBe(person.Pk);
        (await program.GetApiAsync("core/users/me/")).Json["user"]!["pk"]!.GetValue<int>().ShouldBe(person.Pk);
    }
}
