using System.Globalization;

namespace Postern.Kernel.Values;

/// <summary>Durations as the wire writes them: <c>hours=1;minutes=30</c>. Keys are case-insensitive, unknown keys are ignored, at least one must be known.</summary>
public static class Duration
{
    /// <summary>Parses the text; false when no known key stands in it.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var known = false;
        foreach (var pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !double.TryParse(pair.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return false;
            if (Unit(pair[..equals].Trim().ToLowerInvariant()) is not { } unit)
                continue;
            known = true;
            var ticks = number * unit.Ticks;
            if (double.IsNaN(ticks) || Math.Abs(ticks + duration.Ticks) > TimeSpan.MaxValue.Ticks / 4d)
                return false;
            duration += TimeSpan.FromTicks((long)ticks);
        }
        return known;
    }

    /// <summary>Parses a text that was validated when it was stored.</summary>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var duration) ? duration : throw new FormatException(Refusal(text));

    /// <summary>The message for a text that does not parse.</summary>
    public static string Refusal(string? text) => $"{text} is not in the correct format of 'hours=3;minutes=1'.";

    static TimeSpan? Unit(string key) => key switch
    {
        "microseconds" => TimeSpan.FromMicroseconds(1),
        "milliseconds" => TimeSpan.FromMilliseconds(1),
        "seconds" => TimeSpan.FromSeconds(1),
        "minutes" => TimeSpan.FromMinutes(1),
        "hours" => TimeSpan.FromHours(1),
        "days" => TimeSpan.FromDays(1),
        "weeks" => TimeSpan.FromDays(7),
        _ => null,
    };
}
