using System.Net.Http.Headers;
using System.Text.Json;
using Postern.Billing.Amounts;

namespace Postern.Billing.Stripe;

/// <summary>Reads the few fields that matter out of Stripe's answers; what is missing or null reads as empty.</summary>
static class StripeJson
{
    /// <summary>That of the year 9999.</summary>
    const long LastSecond = 253402300799;

    public static JsonElement? Find(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }
        return element.ValueKind is JsonValueKind.Null ? null : element;
    }

    public static string Text(this JsonElement element, params ReadOnlySpan<string> path) => element.Find(path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static long Number(this JsonElement element, params ReadOnlySpan<string> path) => element.Find(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : 0;

    public static bool Flag(this JsonElement element, params ReadOnlySpan<string> path) => element.Find(path) is { ValueKind: JsonValueKind.True };

    public static DateTimeOffset Time(this JsonElement element, params ReadOnlySpan<string> path) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(element.Number(path), 0, LastSecond));

    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Find(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The id of another object, which stands there as text or, expanded, as the object.</summary>
    public static string Reference(this JsonElement element, params ReadOnlySpan<string> path) => element.Find(path) is { } found ? found.ValueKind is JsonValueKind.String ? found.GetString()! : found.Text("id") : "";

    /// <summary>An amount, in the currency that the same object names.</summary>
    public static Money Amount(this JsonElement element, string name) => new(element.Number(name), element.Text("currency").ToUpperInvariant());

    public static string GetFirst(this HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : "";
}
