using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Notifications.Accounts;
using Postern.Storage;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Mails;

/// <summary>What people are told by mail of what happens to their accounts, whichever door it came by.</summary>
public sealed class AccountMailTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    readonly TestServer server = mfa.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_password_and_who_changed_it()
    {
        var user = await mfa.AddPersonAsync("told-password");
        (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/set_password/", """{"password":"a completely new secret 17"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        var mail = (await ToldAsync(user.Email)).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Your password was changed");
        mail.Text.ShouldContain("The password of your account told-password was changed.");
        mail.Text.ShouldContain("By");
        mail.Text.ShouldContain("127.0.0.1");
        mail.Text.ShouldNotContain("secret 17");
    }

    [Fact]
    public async Task A_sign_in_on_a_new_device_but_not_the_first()
    {
        var user = await mfa.AddPersonAsync("told-device");
        using var first = new Visitor(server);
        await first.SignInAsync(user.Username);
        (await ToldAsync(user.Email)).ShouldBeEmpty("nobody is surprised by their own first sign-in");
        await server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {user.Pk}");
        await first.SignInAsync(user.Username);
        (await ToldAsync(user.Email)).ShouldBeEmpty("the browser is known");
        await server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {user.Pk}");
        using var other = new Visitor(server);
        other.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await other.SignInAsync(user.Username);
        var mail = (await ToldAsync(user.Email)).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("New sign-in to your account");
        mail.Text.ShouldContain("Firefox, Windows");
    }

    [Fact]
    public async Task A_device_that_was_added_and_one_that_was_removed()
    {
        var user = await mfa.AddPersonAsync("told-mfa");
        using var browser = new Visitor(server);
        await browser.SignInAsync(user.Username);
        await browser.ShowAsync("default-authenticator-static-setup");
        await browser.AnswerAsync("default-authenticator-static-setup", []);
        (await ToldAsync(user.Email)).ShouldHaveSingleItem().Subject.ShouldBe("A sign-in method was added");
        var device = (await mfa.Admin.GetApiAsync($"authenticators/admin/all/?user={user.Pk}")).Json.AsArray().ShouldHaveSingleItem()!;
        (await mfa.Admin.CallAsync("DELETE", $"authenticators/admin/static/{device["pk"]!.ToString().Split('.')[^1]}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        var mail = (await ToldAsync(user.Email))[^1];
        mail.Subject.ShouldBe("A sign-in method was removed");
        mail.Text.ShouldContain("“Static Token” is no longer a way to sign in to your account told-mfa.");
    }

    [Fact]
    public async Task A_changed_address_at_the_old_one()
    {
        var user = await mfa.AddPersonAsync("told-address");
        (await mfa.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"email":"new-address@example.org"}""")).Status.ShouldBe(HttpStatusCode.OK);
        var mail = (await ToldAsync(user.Email)).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Your e-mail address was changed");
        mail.Text.ShouldContain("is now new-address@example.org");
        (await ToldAsync("new-address@example.org")).ShouldBeEmpty();
        (await mfa.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"name":"Only the name"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await ToldAsync("new-address@example.org")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_that_its_owner_changed_in_a_flow()
    {
        await mfa.Admin.CallAsync("PATCH", "admin/settings/", """{"default_user_change_email":true}""");
        var user = await mfa.AddPersonAsync("told-own");
        using var browser = new Visitor(server);
        await browser.SignInAsync(user.Username);
        const string flow = "default-user-settings-flow";
        (await browser.ShowAsync(flow)).Component().ShouldBe("ak-stage-prompt");
        await browser.AnswerAsync(flow, new JsonObject { ["username"] = user.Username, ["name"] = user.Name, ["email"] = "own-new@example.org", ["attributes.settings.locale"] = "" });
        (await server.Database.ScalarAsync<string>($"SELECT email FROM \"user\" WHERE pk = {user.Pk}")).ShouldBe("own-new@example.org");
        (await ToldAsync(user.Email)).ShouldHaveSingleItem().Subject.ShouldBe("Your e-mail address was changed");
    }

    [Fact]
    public async Task A_recovery_link_that_was_used()
    {
        const string flow = "default-recovery-flow";
        var user = await mfa.AddPersonAsync("told-recovery");
        var link = (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/recovery/", "{}")).Json["link"]!.ToString();
        var query = link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..];
        using var browser = new Visitor(server);
        var asked = await browser.ShowAsync(flow, query);
        (await ToldAsync(user.Email)).ShouldBeEmpty("opening it is not using it");
        await browser.AnswerAsync(flow, new JsonObject { ["token"] = asked["token"]!.ToString() }, query);
        (await ToldAsync(user.Email)).ShouldHaveSingleItem().Subject.ShouldBe("Your account was recovered");
    }

    [Theory]
    [InlineData("de", "Ihr Passwort wurde geändert", "Das Passwort Ihres Kontos told-de wurde geändert.")]
    [InlineData("es", "Se ha cambiado su contraseña", "Se ha cambiado la contraseña de su cuenta told-es.")]
    [InlineData("fr", "Votre mot de passe a été modifié", "Le mot de passe de votre compte told-fr a été modifié.")]
    public async Task In_the_language_they_chose(string locale, string subject, string sentence)
    {
        var user = await mfa.AddPersonAsync($"told-{locale}");
        await mfa.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"attributes":{"settings":{"locale":"{{locale}}"} } }""");
        await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/set_password/", """{"password":"a completely new secret 17"}""");
        var mail = (await ToldAsync(user.Email)).ShouldHaveSingleItem();
        mail.Subject.ShouldBe(subject);
        mail.Text.ShouldContain(sentence);
    }

    [Fact]
    public async Task Once_although_the_job_is_repeated()
    {
        var user = await mfa.AddPersonAsync("told-once");
        await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/set_password/", """{"password":"a completely new secret 17"}""");
        var entry = await server.Database.ScalarAsync<Guid>($"SELECT pk FROM event WHERE action = 'password_set' AND \"user\"->>'username' = 'told-once'");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => server.InScopeAsync(async services =>
        {
            try
            {
                await services.GetRequiredService<TellOwner>().ExecuteAsync(new JsonObject { ["event"] = entry }, Cancellation);
            }
            catch (DbUpdateException)
            {
                // One of those at the same moment lost.
            }
            return true;
        })));
        (await ToldAsync(user.Email)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Not_machines_and_not_people_without_an_address()
    {
        var machine = await server.AddUserAsync("told-machine", u => u.Type = UserType.ServiceAccount);
        var silent = await server.AddUserAsync("told-silent", u => u.Email = "");
        foreach (var user in new[] { machine, silent })
            (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/set_password/", """{"password":"a completely new secret 17"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ToldAsync("told-machine@example.org")).ShouldBeEmpty();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM mail WHERE recipients = ARRAY['']")).ShouldBe(0);
    }

    /// <summary>What came to an address so far.</summary>
    async Task<List<ReceivedMail>> ToldAsync(string address)
    {
        await mfa.WorkAsync();
        return [.. mfa.Mail.Mails.Where(m => m.To.Contains(address))];
    }
}

/// <summary>The system setting.</summary>
public sealed class AccountMailSettingTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    [Fact]
    public async Task Nobody_is_told_while_it_is_off()
    {
        (await mfa.Admin.CallAsync("PATCH", "admin/settings/", """{"account_mails":false}""")).Member("account_mails").ShouldBe("false");
        var user = await mfa.AddPersonAsync("untold");
        await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/set_password/", """{"password":"a completely new secret 17"}""");
        await mfa.WorkAsync();
        mfa.Mail.Mails.ShouldBeEmpty();
    }
}
