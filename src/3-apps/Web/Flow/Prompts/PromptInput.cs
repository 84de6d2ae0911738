using System.Globalization;

namespace Postern.Web.Flow.Prompts;

/// <summary>How a prompt's type becomes an HTML input: its type, its value's form, what browsers may fill in.</summary>
static class PromptInput
{
    public static string Type(string promptType) => promptType switch
    {
        "email" => "email",
        "number" => "number",
        "date" => "date",
        "date-time" => "datetime-local",
        _ => "text",
    };

    /// <summary>The value in the one form that the input accepts.</summary>
    public static string Value(PromptField field) => field.Type switch
    {
        "date" => Moment(field.Value, "yyyy-MM-dd"),
        "date-time" => Moment(field.Value, "yyyy-MM-ddTHH:mm"),
        _ => field.Value,
    };

    /// <summary>Whether a checkbox starts checked: the server sends booleans as text.</summary>
    public static bool IsTrue(string value) => value.ToUpperInvariant() is "TRUE" or "1" or "ON" or "YES";

    /// <summary>The autofill token of a field (HTML standard, "autofill detail tokens").</summary>
    public static string? Autocomplete(PromptField field) => field.Type switch
    {
        "username" => "username",
        "email" => "email",
        "password" => "new-password",
        "text" => field.Key switch
        {
            "username" => "username",
            "name" => "name",
            "first_name" or "given_name" => "given-name",
            "last_name" or "family_name" => "family-name",
            "phone" or "phone_number" or "attributes.phone" => "tel",
            "company" or "organization" or "attributes.company" => "organization",
            _ => "off",
        },
        _ => null,
    };

    static string Moment(string value, string format) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToString(format, CultureInfo.InvariantCulture)
            : "";
}
