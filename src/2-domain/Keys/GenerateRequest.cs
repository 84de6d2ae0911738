using System.Text.Json;
using System.Text.Json.Serialization;
using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Keys;

/// <summary>What key pair to make.</summary>
/// <param name="CommonName">Name of the pair and subject of the certificate, 1 to 64 characters (RFC 5280).</param>
/// <param name="AlternativeNames">Further host names and addresses.</param>
/// <param name="ValidityDays">1 to 36500.</param>
/// <param name="Algorithm">Kind of key.</param>
public sealed record GenerateRequest(string CommonName, IReadOnlyList<string> AlternativeNames, int ValidityDays, GenerateAlgorithm Algorithm)
{
    const int MostDays = 36_500;

    /// <summary>Reads the wire's <c>common_name</c>, <c>subject_alt_name</c> (names with commas between), <c>validity_days</c>, <c>alg</c>. Faults: invalid.</summary>
    public static Result<GenerateRequest> Read(JsonElement body)
    {
        var errors = new FieldErrors();
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        var name = Text(body, "common_name", errors, required: true).Trim();
        var names = Text(body, "subject_alt_name", errors, required: false).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (name.Length > 64)
            errors.Add("common_name", "Ensure this field has no more than 64 characters.");
        if (Array.Exists(names, n => Uri.CheckHostName(n.Replace("*.", "", StringComparison.Ordinal)) is UriHostNameType.Unknown))
            errors.Add("subject_alt_name", "Enter host names or addresses with commas between them.");
        var days = 0;
        if (!body.TryGetProperty("validity_days", out var given))
            errors.Add("validity_days", "This field is required.");
        else if (given.ValueKind is not JsonValueKind.Number || !given.TryGetInt32(out days))
            errors.Add("validity_days", "A valid integer is required.");
        else if (days is < 1 or > MostDays)
            errors.Add("validity_days", "Ensure this value is between 1 and 36500.");
        var algorithm = Algorithms(Text(body, "alg", errors, required: false), errors);
        return errors.Any ? new Fault.Invalid(errors) : new GenerateRequest(name, names, days, algorithm);
    }

    static GenerateAlgorithm Algorithms(string text, FieldErrors errors)
    {
        if (text.Length == 0 || WireEnum<GenerateAlgorithm>.TryParse(text, out var known) && known is GenerateAlgorithm.Rsa)
            return GenerateAlgorithm.Rsa;
        if (!WireEnum<GenerateAlgorithm>.TryParse(text, out known))
            errors.Add("alg", $"\"{text}\" is not a valid choice.");
        else if (known is GenerateAlgorithm.Ed448 || (known is GenerateAlgorithm.Ed25519 && !Jose.Ed25519Key.IsSupported))
            errors.Add("alg", $"Keys of the kind {text} cannot be made here. Choose rsa or ecdsa.");
        return known;
    }

    static string Text(JsonElement body, string name, FieldErrors errors, bool required)
    {
        var text = body.TryGetProperty(name, out var given) && given.ValueKind is JsonValueKind.String ? given.GetString()! : null;
        if (text is null && given.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            errors.Add(name, "Not a valid string.");
        else if (required && text is null)
            errors.Add(name, "This field is required.");
        else if (required && string.IsNullOrWhiteSpace(text))
            errors.Add(name, "This field may not be blank.");
        return text ?? "";
    }
}

/// <summary>Kinds of keys to make.</summary>
public enum GenerateAlgorithm
{
    Rsa,
    Ecdsa,
    [JsonStringEnumMemberName("ed25519")]
    Ed25519,
    [JsonStringEnumMemberName("ed448")]
    Ed448,
}
