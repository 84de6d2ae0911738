using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Stages.UserLogin;

/// <summary>Signs the pending user in.</summary>
public sealed class UserLoginStage : Stage
{
    /// <summary>How long the session lives; zero ends it with the browser.</summary>
    public string SessionDuration { get; set; } = "seconds=0";

    public bool TerminateOtherSessions { get; set; }

    /// <summary>Added where the person asks to be remembered; zero does not ask.</summary>
    public string RememberMeOffset { get; set; } = "seconds=0";

    public NetworkBinding NetworkBinding { get; set; } = NetworkBinding.NoBinding;

    public GeoIpBinding GeoIpBinding { get; set; } = GeoIpBinding.NoBinding;

    public string RememberDevice { get; set; } = "days=30";

    public static readonly ModelKind<UserLoginStage> Kind = StageKind.Declare<UserLoginStage>(
        "authentik_stages_user_login.userloginstage", "user_login", "ak-stage-user-login-form", "User Login Stage", static k =>
        {
            k.Describe("Signs the person in.");
            k.Duration("session_duration", s => s.SessionDuration).Help("How long the session lives. Zero: until the browser is closed.");
            k.Boolean("terminate_other_sessions", s => s.TerminateOtherSessions).Help("Terminate all other sessions of the user logging in.");
            k.Duration("remember_me_offset", s => s.RememberMeOffset).Help("Added to the session where the person asks to be remembered. Zero: they are not asked.");
            k.Choice("network_binding", s => s.NetworkBinding);
            k.Choice("geoip_binding", s => s.GeoIpBinding);
            k.Duration("remember_device", s => s.RememberDevice).Help("How long a device counts as known.");
        });
}

/// <summary>What a change of address ends the session for.</summary>
public enum NetworkBinding
{
    NoBinding,
    BindAsn,
    BindAsnNetwork,
    BindAsnNetworkIp,
}

/// <summary>What a change of place ends the session for.</summary>
public enum GeoIpBinding
{
    NoBinding,
    BindContinent,
    BindContinentCountry,
    BindContinentCountryCity,
}
