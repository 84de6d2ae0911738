using Postern.Directory.Sessions;
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

    /// <summary>Ends the session however much it is used; zero does not.</summary>
    public string LongestSession { get; set; } = "seconds=0";

    /// <summary>How many sessions a person may have at once; zero for any number.</summary>
    public int MostSessions { get; set; }

    public static readonly ModelKind<UserLoginStage> Kind = StageKind.Declare<UserLoginStage>(
        "authentik_stages_user_login.userloginstage", "user_login", "ak-stage-user-login-form", "User Login Stage", static k =>
        {
            k.Describe("Signs the person in.");
            k.Duration("session_duration", s => s.SessionDuration).Help("How long the session lives unused. Zero: until the browser is closed.");
            k.Duration("longest_session", s => s.LongestSession).Help("How long the session lives at most, however much it is used. Zero: as long as it is used.");
            k.Integer("most_sessions", s => s.MostSessions, 0).Help("How many sessions a person may have at once; one more ends the one unused the longest. Zero: any number.");
            k.Boolean("terminate_other_sessions", s => s.TerminateOtherSessions).Help("Terminate all other sessions of the user logging in.");
            k.Duration("remember_me_offset", s => s.RememberMeOffset).Help("Added to the session where the person asks to be remembered. Zero: they are not asked.");
            k.Choice("network_binding", s => s.NetworkBinding).Help("Ends the session when it turns up in another network. Without a database of networks any other address is one.");
            k.Choice("geoip_binding", s => s.GeoIpBinding).Help("Ends the session when it turns up in another place. Without a database of places any other address is one.");
            k.Duration("remember_device", s => s.RememberDevice).Help("How long a device counts as known.");
        });
}
