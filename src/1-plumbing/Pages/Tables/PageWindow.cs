namespace Postern.Pages.Tables;

/// <summary>Which page numbers a pager shows: the ends, the neighbours, a gap (0) between.</summary>
public static class PageWindow
{
    public static int Last(int total, int size) => Math.Max(1, (total + size - 1) / size);

    public static IReadOnlyList<int> Around(int page, int last)
    {
        var shown = new SortedSet<int> { 1, last };
        for (var near = page - 1; near <= page + 1; near++)
            if (near >= 1 && near <= last)
                shown.Add(near);
        var pages = new List<int>();
        foreach (var number in shown)
        {
            if (pages.Count > 0 && number - pages[^1] == 2)
                pages.Add(number - 1);
            else if (pages.Count > 0 && number - pages[^1] > 2)
                pages.Add(0);
            pages.Add(number);
        }
        return pages;
    }
}
