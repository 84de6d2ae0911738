using System.Globalization;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support;
using static Postern.Tests.Integration.Faults.Persistent;

namespace Postern.Tests.Integration.Faults;

/// <summary>The database crashes and comes back while a crowd signs in and enrols.</summary>
[Trait("Fault", "F1")]
public sealed class DatabaseCrashTests
{
    const int Half = 100;

    static readonly int[] crashAfter = [10, 70, 130];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_hundred_people_who_sign_in_and_enrol_meanwhile_all_get_in_and_nobody_by_halves()
    {
        await using var place = await Installation.CreateAsync();
        var (_, address) = await place.StartNodeAsync();
        using var admin = Installation.Admin(address);
        await Installation.AddPeopleAsync(admin, "person", Half);
        var invitations = await Installation.InviteAsync(admin, Half);
        var (finished, live, deadLives) = (0, 0, 0);
        async Task<Visitor> CountedAsync(Task<Visitor> going)
        {
            var visitor = await going;
            Interlocked.Increment(ref finished);
            return visitor;
        }
        var crowd = Task.WhenAll(Enumerable.Range(0, Half).SelectMany(i => new[] { CountedAsync(SignInAsync(address, $"person{i}")), CountedAsync(EnrolAsync(address, invitations[i], $"guest{i}")) }));

        var (crashes, longest) = (0, TimeSpan.Zero);
        while (!crowd.IsCompleted)
        {
            if (crashes < crashAfter.Length && finished >= crashAfter[crashes])
            {
                await place.CrashDatabaseAsync();
                crashes++;
                while (!await IsBackAsync(place))
                    await Task.Delay(20, Cancellation);
                var down = await UntilGoodAsync(admin, "/-/health/ready/");
                longest = down > longest ? down : longest;
            }
            using var alive = await admin.GetAsync("/-/health/live/", Cancellation);
            live++;
            deadLives += alive.IsSuccessStatusCode ? 0 : 1;
            await Task.Delay(20, Cancellation);
        }

        var lost = 0;
        var people = await crowd;
        for (var i = 0; i < people.Length; i++)
        {
            lost += await people[i].WhoAsync() == (i % 2 == 0 ? $"person{i / 2}" : $"guest{i / 2}") ? 0 : 1;
            people[i].Dispose();
        }
        var (halfMade, usedTwice) = (await place.AskAsync<long>(Census.HalfMade), await place.AskAsync<long>(Census.UsedTwice));
        Figures.Tell("F1", string.Create(CultureInfo.InvariantCulture, $"the database crashed {crashes} times under {Half} sign-ins and {Half} enrolments; ready again {longest.TotalSeconds:0.0} s after it was back at the latest; live answered {live} times"), people.Length, lost, halfMade, usedTwice);
        (crashes, lost, halfMade, usedTwice, deadLives).ShouldBe((crashAfter.Length, 0, 0, 0, 0));
        (await place.AskAsync<long>(Census.Guests)).ShouldBe(Half);
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    static async Task<bool> IsBackAsync(Installation place)
    {
        try
        {
            return await place.AskAsync<int>("SELECT 1") == 1;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }
}
