using System.Globalization;
using System.Text.RegularExpressions;

namespace Postern.Blueprints.Reading;

/// <summary>Dates and times written without quotes (yaml.org/type/timestamp), turned into ISO 8601.</summary>
internal static partial class Timestamps
{
    public static bool LooksLike(string text) => DatePattern().IsMatch(text) || TimePattern().IsMatch(text);

    /// <summary>The same point as ISO 8601 text, without a zone when none is written; null when no such date exists.</summary>
    public static string? ToIso(string text)
    {
        if (DatePattern().IsMatch(text))
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
        }

        var match = TimePattern().Match(text);
        if (!match.Success) return null;
        if (Local(match) is not { } local) return null;
        var zone = match.Groups["zone"].Value;
        if (zone.Length == 0) return Iso(local);
        if (zone is "Z") return Iso(local) + "Z";
        if (Offset(zone) is not { } offset) return null;
        return offset == TimeSpan.Zero ? Iso(local) + "Z" : Iso(local) + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
    }

    static DateTime? Local(Match match)
    {
        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var (year, month, day) = (Number("year"), Number("month"), Number("day"));
        var (hour, minute, second) = (Number("hour"), Number("minute"), Number("second"));
        if (year is < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        if (hour > 23 || minute > 59 || second > 59) return null;
        var micros = match.Groups["fraction"].Value.PadRight(6, '0')[..6];
        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified)
            .AddTicks(10 * long.Parse(micros, CultureInfo.InvariantCulture));
    }

    static TimeSpan? Offset(string zone)
    {
        var parts = zone[1..].Split(':');
        var hours = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var minutes = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        if (hours > 14 || minutes > 59) return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    static string Iso(DateTime local) =>
        local.ToString(local.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DatePattern();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:[Tt]|[ \t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]*))?(?:[ \t]*(?<zone>Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimePattern();
}
