using System.Text.Json.Nodes;

namespace Postern.Brands.Settings;

/// <summary>Settings of the whole installation that administrators change while it runs.</summary>
public sealed class SystemSettings
{
    /// <summary>There is one row.</summary>
    public int Pk { get; set; } = 1;

    public string Avatars { get; set; } = "gravatar,initials";

    public bool DefaultUserChangeName { get; set; } = true;

    public bool DefaultUserChangeEmail { get; set; }

    public bool DefaultUserChangeUsername { get; set; }

    public string EventRetention { get; set; } = "days=365";

    public int ReputationLowerLimit { get; set; } = -5;

    public int ReputationUpperLimit { get; set; } = 5;

    public JsonNode? FooterLinks { get; set; } = new JsonArray();

    public bool GdprCompliance { get; set; } = true;

    public bool Impersonation { get; set; } = true;

    public bool ImpersonationRequireReason { get; set; } = true;

    public string DefaultTokenDuration { get; set; } = "days=1";

    public int DefaultTokenLength { get; set; } = 60;

    public int PaginationDefaultPageSize { get; set; } = 20;

    public int PaginationMaxPageSize { get; set; } = 100;

    /// <summary>Address people use; links are built from it. Empty: from the environment, else from trusted requests.</summary>
    public string BaseUrl { get; set; } = "";

    public JsonObject Flags { get; set; } = new()
    {
        ["core_default_app_access"] = true,
        ["enterprise_audit_include_expanded_diff"] = false,
        ["flows_continuous_login"] = false,
        ["flows_refresh_others"] = false,
    };

    /// <summary>Open an invitation and it is used up, as the reference does it; off, the finished enrolment uses it up.</summary>
    public bool InvitationBurnOnOpen { get; set; }

    /// <summary>People are told by mail of what happens to their account: password, devices, address, sign-ins from new devices, recovery.</summary>
    public bool AccountMails { get; set; } = true;

    /// <summary>Invitations stay in the list for this time after they ended.</summary>
    public string InvitationRetention { get; set; } = "days=365";

    /// <summary>Invitations mailed in an hour, by all and by one person; 0 for any number. What is above waits.</summary>
    public int InvitationMailsPerHour { get; set; }

    public int InvitationMailsPerInviter { get; set; }

    /// <summary>Users leave the recycle bin for good after this time.</summary>
    public string RecycleBinRetention { get; set; } = "days=30";
}
