using System.Globalization;
using System.Text.RegularExpressions;

namespace Postern.Policies.Password.Strength;

/// <summary>Finds years of our time and dates, with and without separators.</summary>
static partial class FindDates
{
    const int LeastYears = 20;

    // Where a run of digits may be cut into three numbers, by its length.
    static readonly Dictionary<int, (int First, int Second)[]> Cuts = new()
    {
        [4] = [(1, 2), (2, 3)],
        [5] = [(1, 3), (2, 3)],
        [6] = [(1, 2), (2, 4), (4, 5)],
        [7] = [(1, 3), (2, 3), (4, 5), (4, 6)],
        [8] = [(2, 4), (4, 6)],
    };

    public static IEnumerable<GuessableMatch> In(string password, int thisYear)
    {
        foreach (Match year in RecentYear().Matches(password))
        {
            var token = year.Value;
            yield return new GuessableMatch(GuessPattern.Year, year.Index, year.Index + year.Length - 1, token, Years(Number(token), thisYear));
        }
        var dates = Plain(password, thisYear).Concat(Separated(password, thisYear)).ToList();
        foreach (var date in dates.Where(d => !dates.Exists(o => o != d && o.Start <= d.Start && o.End >= d.End)))
            yield return date;
    }

    static IEnumerable<GuessableMatch> Plain(string password, int thisYear)
    {
        for (var start = 0; start + 4 <= password.Length; start++)
        {
            for (var length = 4; length <= 8 && start + length <= password.Length; length++)
            {
                var token = password.Substring(start, length);
                if (!token.All(char.IsAsciiDigit))
                    break;
                var years = Cuts[length].Select(c => CalendarDate.YearOf(Number(token[..c.First]), Number(token[c.First..c.Second]), Number(token[c.Second..]))).OfType<int>().ToList();
                if (years.Count > 0)
                    yield return new GuessableMatch(GuessPattern.Date, start, start + length - 1, token, years.Min(y => Years(y, thisYear)) * 365);
            }
        }
    }

    static IEnumerable<GuessableMatch> Separated(string password, int thisYear)
    {
        for (var start = 0; start + 6 <= password.Length; start++)
        {
            for (var length = 6; length <= 10 && start + length <= password.Length; length++)
            {
                var token = password.Substring(start, length);
                if (WithSeparators().Match(token) is { Success: true } date
                    && CalendarDate.YearOf(Number(date.Groups["a"].Value), Number(date.Groups["b"].Value), Number(date.Groups["c"].Value)) is { } year)
                    yield return new GuessableMatch(GuessPattern.Date, start, start + length - 1, token, Years(year, thisYear) * 365 * 4);
            }
        }
    }

    static double Years(int year, int thisYear) => Math.Max(Math.Abs(year - thisYear), LeastYears);

    static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("19[0-9][0-9]|20[0-3][0-9]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecentYear();

    [GeneratedRegex("^(?<a>[0-9]{1,4})(?<gap>[\\s/\\\\_.-])(?<b>[0-9]{1,2})\\k<gap>(?<c>[0-9]{1,4})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithSeparators();
}
