using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Totp;

/// <summary>Sets up an app that shows time-based codes.</summary>
public sealed class TotpStage : SetupStage
{
    public TotpDigits Digits { get; set; } = TotpDigits.Six;

    public static readonly ModelKind<TotpStage> Kind = SetupStageKind.Declare<TotpStage>(
        "authentik_stages_authenticator_totp.authenticatortotpstage", "totp", "TOTP Authenticator Setup Stage", "Sets up an app that shows one-time codes.", static k =>
            k.Choice("digits", s => s.Digits).Help("Length of the codes; some apps ignore 8.")
                .OlderForm(static value => value.ValueKind is JsonValueKind.Number ? JsonValue.Create(value.GetRawText()) : null));
}

/// <summary>How long the codes are.</summary>
public enum TotpDigits
{
    [JsonStringEnumMemberName("6")]
    Six,

    [JsonStringEnumMemberName("8")]
    Eight,
}
