using System.Text.RegularExpressions;

namespace Postern.Kernel.Values;

/// <summary>E-mail address syntax as forms accept it: one <c>local@domain</c>, no display name, no control characters.</summary>
public static partial class EmailAddress
{
    public static bool IsValid(string text) => text.Length <= 254 && Pattern().IsMatch(text);

    [GeneratedRegex("^[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+(\\.[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+)*@(([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
