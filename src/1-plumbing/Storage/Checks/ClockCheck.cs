using System.Globalization;

namespace Postern.Storage.Checks;

/// <summary>This machine's clock against the database's.</summary>
sealed class ClockCheck(PosternDb db, TimeProvider clock) : ICheck
{
    static readonly TimeSpan unwise = TimeSpan.FromSeconds(5);
    static readonly TimeSpan wrong = TimeSpan.FromSeconds(60);

    public string Name => "clock";

    public bool NeedsSchema => false;

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow();
        var theirs = new DateTimeOffset(await db.ScalarAsync<DateTime>("SELECT clock_timestamp()", cancellation), TimeSpan.Zero);
        var after = clock.GetUtcNow();
        // The answer was made somewhere between the two.
        var apart = theirs < before ? before - theirs : theirs > after ? theirs - after : TimeSpan.Zero;
        var seen = string.Create(CultureInfo.InvariantCulture, $"The clock of this machine and that of the database are {apart.TotalSeconds:0.0} seconds apart.");
        const string advice = "Have both set by NTP: tokens, codes and licenses go by them.";
        return [apart >= wrong ? Finding.Error(seen, advice) : apart >= unwise ? Finding.Warning(seen, advice) : Finding.Good(seen)];
    }
}
