using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Brands.Settings;

/// <summary>The declaration of the system settings; one object with a door of its own.</summary>
public static class SystemSettingsKind
{
    public static readonly ModelKind<SystemSettings> Kind = ModelKind<SystemSettings>.Declare("authentik_tenants.tenant_settings", static (k, kind) =>
    {
        k.Labels("System settings", "System settings").Table("system_settings").NotInBlueprints().SystemRights("authentik_rbac.view_system_settings", "authentik_rbac.edit_system_settings").Named(_ => "System settings");
        k.Key(s => s.Pk).WriteOnly();
        k.Text("avatars", s => s.Avatars).NotBlank().Help("Where pictures of users come from, tried in this order: initials, gravatar, attributes.<path>, an address.");
        k.Boolean("default_user_change_name", s => s.DefaultUserChangeName).Label("People may change their name");
        k.Boolean("default_user_change_email", s => s.DefaultUserChangeEmail).Label("People may change their e-mail address");
        k.Boolean("default_user_change_username", s => s.DefaultUserChangeUsername).Label("People may change their username");
        k.Duration("event_retention", s => s.EventRetention).Help("Events are deleted after this time.");
        k.Integer("reputation_lower_limit", s => s.ReputationLowerLimit, maximum: 0);
        k.Integer("reputation_upper_limit", s => s.ReputationUpperLimit, minimum: 0);
        k.AnyJson("footer_links", s => s.FooterLinks).Help("Links below flow pages: a list of {name, href}.");
        k.Boolean("gdpr_compliance", s => s.GdprCompliance).Help("Deleting a user deletes the events they caused.");
        k.Boolean("impersonation", s => s.Impersonation).Help("Administrators may act as other users.");
        k.Boolean("impersonation_require_reason", s => s.ImpersonationRequireReason);
        k.Duration("default_token_duration", s => s.DefaultTokenDuration);
        k.Integer("default_token_length", s => s.DefaultTokenLength, minimum: 1, maximum: 1000);
        k.Integer("pagination_default_page_size", s => s.PaginationDefaultPageSize, minimum: 1);
        k.Integer("pagination_max_page_size", s => s.PaginationMaxPageSize, minimum: 1);
        k.Text("base_url", s => s.BaseUrl).MaxLength(200).Rule(Refusal).Help("Address people use, such as https://id.example.org. Links are built from it.");
        k.Json("flags", s => s.Flags);
        k.Boolean("invitation_burn_on_open", s => s.InvitationBurnOnOpen).Label("Opening a single-use invitation uses it up").Help("Off: the finished enrolment does.");
        k.Duration("invitation_retention", s => s.InvitationRetention).Help("Used, expired and revoked invitations are kept for this time.");
        k.Integer("invitation_mails_per_hour", s => s.InvitationMailsPerHour, minimum: 0).Label("Invitation mails an hour").Help("0: no limit. What is above waits for its turn.");
        k.Integer("invitation_mails_per_inviter", s => s.InvitationMailsPerInviter, minimum: 0).Label("Invitation mails an hour for one inviter").Help("0: no limit.");
        k.Duration("recycle_bin_retention", s => s.RecycleBinRetention).Help("Deleted users stay in the recycle bin for this time.");
        k.Boolean("account_mails", s => s.AccountMails).Label("People are told by mail of changes to their account").Help("Password, sign-in methods, e-mail address, sign-ins from new devices, recovery.");
        k.Validate(static (settings, context) =>
        {
            if (FooterRefusal(settings.FooterLinks) is { } wrong)
                context.Errors.Add("footer_links", wrong);
            foreach (var (flag, value) in settings.Flags.Where(f => f.Value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)))
                context.Errors.Add("flags", $"Value for flag {flag} needs to be of type bool.");
        });
    });

    static string? FooterRefusal(JsonNode? links)
    {
        if (links is not JsonArray list || !list.All(l => l is JsonObject link && IsText(link["name"]) && (link["href"] is not { } href || IsText(href))))
            return "Expected a list of {name, href}.";
        return list.Select(l => l!["href"]?.ToString()).All(h => h is null || IsPage(h)) ? null : "Enter a valid URL.";
    }

    static bool IsText(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String;

    // A path of this host, or an address that opens no script.
    static bool IsPage(string href) =>
        (href.StartsWith('/') && !href.StartsWith("//", StringComparison.Ordinal)) || (Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto");

    static string? Refusal(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : "Enter a valid URL.";
}
