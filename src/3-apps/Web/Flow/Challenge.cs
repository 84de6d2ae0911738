using System.Globalization;
using System.Text.Json;

namespace Postern.Web.Flow;

/// <summary>What a flow asks next, as the flow executor's JSON says it, with what the person sent before.</summary>
/// <param name="Json">The challenge: <c>component</c>, its members, <c>flow_info</c>, <c>response_errors</c>.</param>
/// <param name="Submitted">The refused answer by member, shown again; secrets are never repeated.</param>
public sealed record Challenge(JsonElement Json, IReadOnlyDictionary<string, string>? Submitted = null)
{
    /// <summary>The key of errors that belong to no field.</summary>
    public const string General = "non_field_errors";

    public string Component => Text("component") ?? "";

    public string Title => Json.Member("flow_info")?.Text("title") ?? "";

    public string? CancelUrl => Json.Member("flow_info")?.Text("cancel_url");

    public string? Text(string name) => Json.Text(name);

    public bool Flag(string name) => Json.Flag(name);

    public IEnumerable<JsonElement> Items(string name) => Json.Items(name);

    /// <summary>What the person typed for a member; null on first sight.</summary>
    public string? Sent(string name) => Submitted?.GetValueOrDefault(name);

    public bool HasErrors => Json.Member("response_errors") is { } errors && errors.EnumerateObject().Any(e => e.Value.GetArrayLength() > 0);

    /// <summary>The texts of a field's errors, or of <see cref="General"/>.</summary>
    public IReadOnlyList<string> Errors(string name) => [.. ErrorItems(name).Select(e => e.Text("string") ?? "")];

    public bool HasErrorCode(string name, string code) => ErrorItems(name).Any(e => string.Equals(e.Text("code"), code, StringComparison.Ordinal));

    IEnumerable<JsonElement> ErrorItems(string name) => Json.Member("response_errors")?.Items(name) ?? [];
}
