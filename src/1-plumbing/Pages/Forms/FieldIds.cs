namespace Postern.Pages.Forms;

/// <summary>The identifiers that tie a control to its help and its errors.</summary>
public static class FieldIds
{
    /// <summary>An element identifier from a field's name, which may hold dots and spaces.</summary>
    public static string Of(string name) =>
        "f-" + string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' ? text[i] : '-';
        });

    public static string Errors(string id) => $"{id}-errors";

    public static string Help(string id) => $"{id}-help";

    public static string? DescribedBy(string id, bool hasErrors, bool hasHelp, string? alsoBy = null)
    {
        var parts = new[] { hasErrors ? Errors(id) : null, alsoBy, hasHelp ? Help(id) : null }.Where(p => p is not null);
        return string.Join(' ', parts) is { Length: > 0 } all ? all : null;
    }
}
