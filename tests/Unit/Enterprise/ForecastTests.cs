using Postern.Enterprise.Usage;

namespace Postern.Tests.Unit.Enterprise;

/// <summary>What a year brings at the growth of the last month, and when the licences will be full.</summary>
public sealed class ForecastTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_record_nothing_is_foreseen() => Forecast.Of([], Now).ShouldBe(new Forecast(0, 0));

    [Fact]
    public void A_month_makes_a_twelfth_of_a_year() =>
        Forecast.Of([Record(90, 10, 1), Record(30, 100, 40), Record(15, 500, 500), Record(0, 110, 41)], Now).ShouldBe(new Forecast(120, 12));

    [Fact]
    public void What_shrinks_stays() => Forecast.Of([Record(30, 100, 40), Record(0, 90, 40)], Now).ShouldBe(new Forecast(0, 0));

    // A day of growth is no month of it.
    [Fact]
    public void A_young_installation_is_not_foreseen_to_explode() => Forecast.Of([Record(1, 0, 0), Record(0, 10, 0)], Now).ShouldBe(new Forecast(120, 0));

    // At one more person a day.
    [Theory]
    [InlineData(98, 100, 365, 3)]
    [InlineData(100, 100, 365, 1)]
    [InlineData(0, 1_000_000, 1_000, null)]
    [InlineData(98, 100, 0, null)]
    [InlineData(101, 100, 365, null)]
    public void The_day_on_which_a_limit_is_crossed(long count, long limit, long yearly, int? days) =>
        Forecast.Crossing(count, limit, yearly, Now).ShouldBe(days is { } later ? Now.AddDays(later) : null);

    static UsageRecord Record(int daysAgo, long inside, long outside) => new() { RecordDate = Now.AddDays(-daysAgo), InternalUserCount = inside, ExternalUserCount = outside };
}
