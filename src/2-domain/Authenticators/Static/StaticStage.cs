using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Static;

/// <summary>Hands out a sheet of codes for the day all other devices are lost.</summary>
public sealed class StaticStage : SetupStage
{
    public int TokenCount { get; set; } = 6;

    public int TokenLength { get; set; } = 12;

    public static readonly ModelKind<StaticStage> Kind = SetupStageKind.Declare<StaticStage>(
        "authentik_stages_authenticator_static.authenticatorstaticstage", "static", "Static Authenticator Setup Stage", "Hands out codes that are each good for one sign-in.", static k =>
        {
            k.Integer("token_count", s => s.TokenCount, 0, 100);
            k.Integer("token_length", s => s.TokenLength, 0, 100);
        });
}
