using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Line breaks in an address or a name added commands and headers to a mail (Keycloak). Guards Kernel/Values/EmailAddress and Mail/Smtp/ComposeMime.</summary>
[Trait("Fault", "F17")]
public sealed class CVE_2025_8419_line_breaks_in_addresses(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Theory]
    [InlineData("a@example.org\r\nBcc: thief@example.org")]
    [InlineData("a@example.org>\r\nRCPT TO:<thief@example.org")]
    [InlineData("\"a\r\n\"@example.org")]
    [InlineData("a@example.org\n")]
    [InlineData("a@exam\u0000ple.org")]
    public async Task Are_no_addresses(string address)
    {
        var body = new JsonObject { ["username"] = $"breaks-{Guid.NewGuid():N}", ["name"] = "x", ["email"] = address };
        var made = await Admin.PostApiAsync("core/users/", body.ToJsonString());
        // Space around an address is taken away, and nothing else.
        if (made.Status is HttpStatusCode.Created)
            made.Json["email"]!.ToString().ShouldBe("a@example.org");
        else
            made.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_name_adds_no_header()
    {
        var person = await AddPersonAsync("header");
        await Server.Database.ExecuteAsync($"UPDATE \"user\" SET name = E'Ann\\r\\nBcc: thief@example.org\\r\\n\\r\\nhello' WHERE pk = {person.Pk}");
        using var visitor = Visitor();
        await visitor.ShowAsync("default-recovery-flow");
        await visitor.AnswerAsync("default-recovery-flow", new JsonObject { ["uid_field"] = person.Username });
        await Mfa.WorkAsync();
        Mfa.Mail.LastTo(person.Email).To.ShouldBe([person.Email]);
        Mfa.Mail.Mails.ShouldNotContain(m => m.To.Contains("thief@example.org"));
    }
}
