using Postern.Enterprise.Ladder;

namespace Postern.Tests.Unit.Enterprise;

/// <summary>The ladder day by day: what each kind of violation leads to, and when.</summary>
[Trait("Fault", "F29")]
public sealed class DecideStateTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    static HeldLicense License(int until, long users = 10, int from = -300) =>
        new(Start.AddDays(until), users, users, Start.AddDays(from)) { From = Start.AddDays(from) };

    public static TheoryData<string, HeldLicense[], UserCounts> Violations => new()
    {
        { "expired", [License(until: 0)], new(5, 5, Start.AddDays(-1)) },
        { "too many internal users", [License(until: 400)], new(11, 5, Start) },
        { "too many external users", [License(until: 400)], new(5, 11, Start) },
        { "expired, and too many", [License(until: 0)], new(50, 50, Start.AddDays(-1)) },
        { "one of two ended, the other is too small", [License(until: 0), License(until: 400)], new(15, 5, Start.AddDays(-1)) },
        { "the first key is too small", [new(Start.AddDays(400), 1, 1, Start) { From = Start.AddDays(-1) }], new(5, 0, LastWithin: null) },
        { "records go on being within while nothing is known", [License(until: 400, from: -300)], new(11, 0, Start) },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Two_weeks_a_step(string what, HeldLicense[] licenses, UserCounts counts)
    {
        for (var day = 1; day <= 120; day++)
        {
            var state = DecideState.Of(licenses, counts, Start.AddDays(day));
            var expected = day switch { <= 14 => EnforcementLevel.Notice, <= 28 => EnforcementLevel.AdminWarning, <= 42 => EnforcementLevel.UserWarning, _ => EnforcementLevel.ReadOnly };
            state.Level.ShouldBe(expected, $"{what}, day {day}");
            state.Since.ShouldBe(Start);
            state.NextLevelAt.ShouldBe(expected is EnforcementLevel.ReadOnly ? null : Start.AddDays(14 * (int)expected));
            state.IsReadOnly.ShouldBe(day > 42);
        }
    }

    [Theory]
    [InlineData(1, LicenseStatus.Expired)]
    [InlineData(20, LicenseStatus.Expired)]
    [InlineData(42, LicenseStatus.Expired)]
    [InlineData(43, LicenseStatus.ReadOnly)]
    public void An_expired_license_is_called_so_until_all_is_read_only(int day, LicenseStatus status) =>
        DecideState.Of([License(until: 0)], new(5, 5, Start), Start.AddDays(day)).Status.ShouldBe(status);

    [Theory]
    [InlineData(1, LicenseStatus.Valid)]
    [InlineData(15, LicenseStatus.LimitExceededAdmin)]
    [InlineData(29, LicenseStatus.LimitExceededUser)]
    [InlineData(43, LicenseStatus.ReadOnly)]
    public void Exceeding_has_names_of_its_own(int day, LicenseStatus status) =>
        DecideState.Of([License(until: 400)], new(11, 0, Start), Start.AddDays(day)).Status.ShouldBe(status);

    [Fact]
    public void Nothing_installed_restricts_nothing()
    {
        var state = DecideState.Of([], new(1_000_000, 1_000_000, LastWithin: null), Start);
        (state.Status, state.Level, state.CumulativeExpiry).ShouldBe((LicenseStatus.Unlicensed, EnforcementLevel.None, null));
    }

    [Fact]
    public void Licenses_add_up_and_the_first_to_end_is_the_cumulative_expiry()
    {
        HeldLicense[] two = [License(until: 100), License(until: 200, users: 90)];

        var both = DecideState.Of(two, new(100, 0, Start), Start);
        (both.InternalUsers, both.CumulativeExpiry, both.AllExpireAt, both.Level).ShouldBe((100, Start.AddDays(100), Start.AddDays(200), EnforcementLevel.None));
        var one = DecideState.Of(two, new(90, 0, Start), Start.AddDays(150));
        (one.InternalUsers, one.CumulativeExpiry, one.Level).ShouldBe((90, Start.AddDays(200), EnforcementLevel.None));
        DecideState.Of(two, new(90, 0, Start), Start.AddDays(300)).CumulativeExpiry.ShouldBe(Start.AddDays(200));
    }

    [Fact]
    public void Renewing_midway_ends_it_at_once()
    {
        var now = Start.AddDays(60);
        DecideState.Of([License(until: 0)], new(5, 5, Start), now).IsReadOnly.ShouldBeTrue();
        var renewed = DecideState.Of([License(until: 0), new(now.AddDays(365), 10, 10, now) { From = now }], new(5, 5, Start), now);
        (renewed.Status, renewed.Level).ShouldBe((LicenseStatus.Valid, EnforcementLevel.None));
    }

    [Fact]
    public void Fewer_people_end_it_at_once() =>
        DecideState.Of([License(until: 400)], new(10, 10, Start), Start.AddDays(60)).Level.ShouldBe(EnforcementLevel.None);

    [Fact]
    public void A_clock_turned_back_makes_nothing_worse()
    {
        var state = DecideState.Of([License(until: 400)], new(11, 0, Start), Start.AddDays(-30));
        (state.Level, state.IsReadOnly).ShouldBe((EnforcementLevel.Notice, false));
    }

    [Fact]
    public void Two_weeks_before_the_end_it_says_so()
    {
        DecideState.Of([License(until: 20)], new(5, 5, Start), Start.AddDays(5)).Status.ShouldBe(LicenseStatus.Valid);
        DecideState.Of([License(until: 20)], new(5, 5, Start), Start.AddDays(6)).Status.ShouldBe(LicenseStatus.ExpirySoon);
    }

    [Fact]
    public void A_license_that_has_not_begun_counts_for_nothing_and_breaks_nothing()
    {
        var state = DecideState.Of([License(until: 400, from: 10)], new(5, 5, LastWithin: null), Start);
        (state.Status, state.Level, state.InternalUsers).ShouldBe((LicenseStatus.Unlicensed, EnforcementLevel.None, 0));
    }
}
