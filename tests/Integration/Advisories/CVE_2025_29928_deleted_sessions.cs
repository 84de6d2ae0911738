using System.Net;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Deleting a session did not end it. Guards that Directory/Sessions/FindCaller reads the session anew for each request.</summary>
public sealed class CVE_2025_29928_deleted_sessions(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task End_with_the_next_request()
    {
        var person = await AddPersonAsync("session");
        using var visitor = Visitor();
        await visitor.SignInAsync(person.Username);
        (await visitor.WhoAsync()).ShouldBe(person.Username);
        var session = (await Admin.GetApiAsync($"core/authenticated_sessions/?user__username={person.Username}")).Json["results"]![0]!["uuid"]!;

        (await Admin.CallAsync("DELETE", $"core/authenticated_sessions/{session}/")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await visitor.WhoAsync()).ShouldBeNull();
    }
}
