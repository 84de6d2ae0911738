using System.Net;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Faults.Persistent;

namespace Postern.Tests.Integration.Faults;

/// <summary>The secret key is changed, with a restart, while people are on their way; <c>Storage/SealAnewTests</c> looks at what is sealed, <c>Contract/Oidc/KeyTests</c> at keys that sign.</summary>
[Trait("Fault", "F23")]
public sealed class KeyChangeTests
{
    const int Half = 10;

    [Fact]
    public async Task Whoever_is_on_the_way_or_signed_in_goes_on_under_the_new_key()
    {
        await using var place = await Installation.CreateAsync();
        var (before, here) = await place.StartNodeAsync();
        using var admin = Installation.Admin(here);
        await Installation.AddPeopleAsync(admin, "person", Half);
        var invitations = await Installation.InviteAsync(admin, Half);
        var cookies = Enumerable.Range(0, 2 * Half).Select(_ => new CookieContainer()).ToList();
        for (var i = 0; i < Half; i++)
        {
            using var person = new Visitor(here, cookies[i]);
            (await person.SignInAsync($"person{i}")).Component().ShouldBe(Done);
            using var guest = new Visitor(here, cookies[Half + i]);
            await guest.ShowAsync(EnrolmentSteps.Slug, $"itoken={invitations[i]}");
            await guest.AnswerAsync(EnrolmentSteps.Slug, Credentials($"guest{i}"), $"itoken={invitations[i]}");
        }

        (await before.TerminateAsync()).ShouldBe(0);
        var (_, there) = await place.StartNodeAsync(("POSTERN_SECRET_KEY", "another secret key, which is long enough too"), ("POSTERN_SECRET_KEY_PREVIOUS", place.SecretKey));

        var lost = 0;
        for (var i = 0; i < Half; i++)
        {
            using var person = new Visitor(there, cookies[i]);
            lost += await person.WhoAsync() == $"person{i}" ? 0 : 1;
            using var guest = new Visitor(there, cookies[Half + i]);
            (await guest.AnswerAsync(EnrolmentSteps.Slug, Details($"guest{i}"), $"itoken={invitations[i]}")).Component().ShouldBe(Done);
            (await guest.WhoAsync()).ShouldBe($"guest{i}");
        }
        using var again = Installation.Admin(there);
        (await again.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.OK);
        var (halfMade, usedTwice) = (await place.AskAsync<long>(Census.HalfMade), await place.AskAsync<long>(Census.UsedTwice));
        Figures.Tell("F23", $"the secret key was changed under {Half} sessions and {Half} enrolments", Half, lost, halfMade, usedTwice);
        (lost, halfMade, usedTwice).ShouldBe((0, 0, 0));
    }
}
