namespace Postern.Authenticators.Devices;

/// <summary>How long a device takes no codes after wrong ones: each doubles the wait, up to a quarter of an hour.</summary>
static class Throttle
{
    static readonly TimeSpan Most = TimeSpan.FromMinutes(15);

    /// <summary>A refusal by it looks like a wrong code. A factor of zero switches it off. A failure that is far ahead was counted by a clock that was wrong, and keeps nobody out.</summary>
    public static bool Blocks(Device device, double factor, DateTimeOffset now) => device.FailedAt is { } failed && now < failed + Wait(device.Failures, factor) && failed - Most < now;

    public static TimeSpan Wait(int failures, double factor)
    {
        if (failures <= 0 || factor <= 0)
            return TimeSpan.Zero;
        var seconds = factor * Math.Pow(2, Math.Min(failures - 1, 20));
        return seconds >= Most.TotalSeconds ? Most : TimeSpan.FromSeconds(seconds);
    }
}
