using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>The code of a mail device went to an address that the request named. Guards Authenticators/Email/RunEmailSetup and Validate, which take the address from the account and the device.</summary>
public sealed class GHSA_qgqp_xh8r_v73r_mail_device_of_another(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Codes_go_to_the_address_of_the_account_alone()
    {
        var person = await AddPersonAsync("mailed");
        var flow = await Mfa.AddSetupAsync("email", """{"use_global_settings": true}""");
        using var visitor = Visitor();
        await visitor.SignInAsync(person.Username);
        await visitor.ShowAsync(flow);
        for (var i = 0; i < 2; i++)
            await visitor.AnswerAsync(flow, new JsonObject { ["email"] = "thief@example.org" });
        await visitor.CancelAsync();
        await visitor.AnswerAsync(flow, new JsonObject { ["email"] = "thief@example.org", ["code"] = "000000" });
        await Mfa.WorkAsync();

        Mfa.Mail.Mails.ShouldContain(m => m.To.Contains(person.Email));
        Mfa.Mail.Mails.ShouldNotContain(m => m.To.Contains("thief@example.org"));
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM email_device WHERE email = 'thief@example.org'")).ShouldBe(0);
    }
}
