namespace Postern.Authenticators.Sms;

/// <summary>Phone numbers as they are dialled: digits, with a plus in front where the country is named (E.164: at most 15 digits).</summary>
static class PhoneNumber
{
    /// <summary>Without the signs people group digits with; null for what is no number.</summary>
    public static string? Of(string text)
    {
        var bare = string.Concat(text.Trim().Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '/')));
        var digits = bare.StartsWith('+') ? bare[1..] : bare;
        return digits.Length is >= 4 and <= 15 && digits.All(char.IsAsciiDigit) ? bare : null;
    }
}
