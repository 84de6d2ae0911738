using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Kernel.Values;

namespace Postern.Authenticators.Validate;

/// <summary>What somebody posted to the stage; nothing in it is trusted.</summary>
sealed record ValidateAnswer(bool HasCode, string Code, JsonNode? Passkey, bool HasDuo, bool HasChoice, string ChosenClass, string ChosenDevice, bool HasStage, Guid? Stage)
{
    const int MostText = 64 * 1024;

    public static ValidateAnswer Of(JsonObject answer)
    {
        var choice = Json(answer["selected_challenge"]) as JsonObject;
        var stage = Text(answer["selected_stage"]);
        return new ValidateAnswer(
            // A form sends its field whether or not anything was typed.
            HasCode: Text(answer["code"]).Length > 0 || answer["code"] is JsonValue { } value && !value.TryGetValue<string>(out _),
            Code: CodeText.Of(answer["code"]),
            Passkey: Json(answer["webauthn"]),
            HasDuo: answer["duo"] is not null,
            HasChoice: answer["selected_challenge"] is not null,
            ChosenClass: Text(choice?["device_class"]),
            ChosenDevice: Text(choice?["device_uid"]),
            HasStage: stage.Length > 0,
            Stage: Guid.TryParse(stage, out var pk) ? pk : null);
    }

    /// <summary>An object, or its JSON text as a form sends it; null for nothing.</summary>
    static JsonNode? Json(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text))
            return node;
        if (text.Length is 0 or > MostText)
            return null;
        return StrictJson.Parse(text) as JsonObject ?? node;
    }

    static string Text(JsonNode? node) => node is JsonValue value ? value.TryGetValue<string>(out var text) ? text.Trim() : value.TryGetValue<long>(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "" : "";
}
