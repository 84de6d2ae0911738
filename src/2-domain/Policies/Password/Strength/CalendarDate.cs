namespace Postern.Policies.Password.Strength;

/// <summary>Reads three numbers as a date, whatever their order.</summary>
static class CalendarDate
{
    const int FirstYear = 1000;
    const int LastYear = 2050;

    /// <summary>The year of the date; null when the numbers make none.</summary>
    public static int? YearOf(int first, int second, int third)
    {
        int[] all = [first, second, third];
        if (second is > 31 or <= 0 || all.Any(n => n is > 99 and < FirstYear or > LastYear)
            || all.Count(n => n > 31) >= 2 || all.Count(n => n > 12) == 3 || all.Count(n => n <= 0) >= 2)
            return null;
        (int Year, int A, int B)[] orders = [(third, first, second), (first, second, third)];
        foreach (var (year, a, b) in orders.Where(o => o.Year is >= FirstYear and <= LastYear))
            return IsDay(a, b) ? year : null;
        foreach (var (year, a, b) in orders.Where(o => IsDay(o.A, o.B)))
            return year > 99 ? year : year > 50 ? year + 1900 : year + 2000;
        return null;
    }

    static bool IsDay(int a, int b) => (a is >= 1 and <= 31 && b is >= 1 and <= 12) || (b is >= 1 and <= 31 && a is >= 1 and <= 12);
}
