using Postern.Applications;
using Postern.Applications.Entitlements;
using Postern.Applications.Mappings;
using Postern.Applications.Providers;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.Static;
using Postern.Authenticators.Totp;
using Postern.Authenticators.WebAuthn;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Directory.Batches;
using Postern.Directory.Exports;
using Postern.Directory.Groups;
using Postern.Directory.Sessions;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Enterprise.Licenses;
using Postern.Events;
using Postern.Flows;
using Postern.Flows.Bindings;
using Postern.Invitations;
using Postern.Invitations.Bulk;
using Postern.Keys;
using Postern.Mail.Outbox;
using Postern.Notifications.Rules;
using Postern.Notifications.Transports;
using Postern.OAuth2.Records;
using Postern.OAuth2.Registration;
using Postern.Pages;
using Postern.Policies;
using Postern.Policies.Bindings;
using Postern.Policies.Reputation;
using Postern.Rbac.Roles;
using Postern.Sources;
using Postern.Sources.Connections;
using Postern.Stages.Consent;
using Postern.Stages.Prompts;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin;

/// <summary>The menu of the admin console. What the product does not have is not in it.</summary>
public sealed class Sections(KindRegistry kinds)
{
    public IReadOnlyList<Section> All { get; } =
    [
        new("Applications", "Applications", "applications/applications", ApplicationKind.Kind, "name", "slug", "group", "provider")
        {
            Icon = "apps", Empty = "An application is something people sign in to. Create the first one with its provider.", Wizard = "/if/admin/applications/wizard/",
        },
        new("Applications", "Providers", "applications/providers", ProviderKind.Kind, "name", "verbose_name", "assigned_application_name")
        {
            Icon = "plug", Empty = "A provider is how an application signs people in.",
        },
        new("Applications", "Registrations", "applications/registrations", DynamicRegistrationKind.Kind, "provider", "default_application_group", "allowed_grant_types")
        {
            Icon = "plug", Empty = "Nobody can register applications by themselves. Add a registration beside a provider to let its users do so.",
        },
        new("Applications", "Entitlements", "applications/entitlements", ApplicationEntitlementKind.Kind, "name", "app") { InMenu = false, Fixed = ["app"] },
        new("Directory", "Users", "directory/users", UserKind.Kind, "username", "name", "email", "is_active", "last_login", "path")
        {
            Exportable = true, Icon = "user", Empty = "No user matches. Invite people under Invitations, or create an account here.", Hidden = ["last_login"], Links = [new PageLink("New service account", "/if/admin/directory/users/service-account/")],
            Pages = [new PageLink("Import", "/if/admin/directory/users/import/"), new PageLink("Recycle bin", "/if/admin/directory/bin/")],
        },
        new("Directory", "Bulk jobs", "directory/batches", UserBatchKind.Kind, "action", "state", "done", "total", "failed", "requested_on")
        {
            Icon = "list-check", InMenu = false, Empty = "Imports and actions on many users appear here.",
        },
        new("Directory", "Groups", "directory/groups", GroupKind.Kind, "name", "is_superuser")
        {
            Exportable = true, Icon = "users", Empty = "Groups give rights to many people at once. Create the first one.", Hidden = ["users"],
        },
        new("Directory", "Roles", "directory/roles", RoleKind.Kind, "name") { Icon = "shield-lock", Empty = "Roles hold rights; people and groups have roles." },
        new("Directory", "Sessions", "directory/sessions", SessionKind.Kind, "uuid", "last_ip", "last_used") { InMenu = false },
        new("Directory", "Consents", "directory/consents", UserConsentKind.Kind, "pk", "application.name", "permissions", "expires") { InMenu = false },
        new("Directory", "Refresh tokens", "directory/refresh-tokens", TokenKinds.Refresh, "pk", "provider.name", "scope", "expires") { InMenu = false },
        .. Devices(TotpDevice.Kind, StaticDevice.Kind, WebAuthnDevice.Kind, SmsDevice.Kind, EmailDevice.Kind),
        new("Directory", "Invitations", "directory/invitations", InvitationKind.Kind, "name", "status", "recipient", "uses", "expires")
        {
            Pages = [new PageLink("Invite many", "/if/admin/directory/invitations/bulk/")],
            Icon = "mail", Empty = "Invite somebody: an invitation is a link that lets them create their own account.",
        },
        new("Directory", "Invitation batches", "directory/invitation-batches", InvitationBatchKind.Kind, "requested_on", "state", "done", "total", "failed")
        {
            Icon = "list-check", InMenu = false, Empty = "Invitations made from a file or a list appear here.",
        },
        new("Directory", "Federation and social login", "directory/sources", SourceKind.Kind, "name", "slug", "verbose_name", "enabled", "user_matching_mode")
        {
            Icon = "world", Empty = "A source is a place elsewhere that people sign in with: another provider of OpenID Connect, GitHub, Google.",
        },
        new("Directory", "Connected accounts", "directory/source-connections", ConnectionKinds.All, "identifier", "source_obj.name", "user", "created") { InMenu = false },
        new("Directory", "Tokens", "directory/tokens", TokenKind.Kind, "identifier", "intent", "expires")
        {
            Icon = "key", Empty = "Tokens let scripts use the API.", Hidden = ["managed"], Begins = "?intent=api",
        },
        new("Flows and Stages", "Flows", "flows/flows", FlowKind.Kind, "slug", "name", "designation") { Icon = "route", Empty = "Import a flow from a blueprint, or create one." },
        new("Flows and Stages", "Stages", "flows/stages", StageKind.Kind, "name", "verbose_name") { Icon = "stack-2", Empty = "Stages are the steps of flows." },
        new("Flows and Stages", "Prompts", "flows/prompts", PromptKind.Kind, "name", "field_key", "type", "order") { Icon = "forms", Empty = "Prompts are the questions of prompt stages." },
        new("Customization", "Policies", "customization/policies", PolicyKind.Kind, "name", "verbose_name") { Icon = "shield", Empty = "Policies decide who may do what." },
        new("Customization", "Reputation", "policies/reputation", ReputationScoreKind.Kind, "identifier", "ip", "score", "updated")
        {
            Icon = "shield-check", Empty = "Names and addresses that sign in, or try to, appear here with their score.",
        },
        new("Customization", "Property mappings", "customization/property-mappings", PropertyMappingKind.Kind, "name", "verbose_name", "managed")
        {
            Icon = "code", Empty = "Property mappings say what applications learn about people.", Hidden = ["managed"],
        },
        new("Customization", "Mail texts", "customization/mail-templates", MailTemplateKind.Kind, "name", "brand", "locale", "subject")
        {
            Icon = "message", Empty = "All mails say what the product ships. Write a text of your own for one of them.", HasEditor = true,
        },
        new("Flows and Stages", "Stage bindings", "flows/bindings", FlowStageBindingKind.Kind, "order", "stage", "policy_engine_mode") { InMenu = false, Fixed = ["target"] },
        new("Customization", "Policy bindings", "customization/bindings", PolicyBindingKind.Kind, "order", "policy", "group", "user", "enabled") { InMenu = false, Fixed = ["target"] },
        new("Events", "Logs", "events/log", EventKind.Kind, "action", "user.username", "client_ip", "app", "created") { Exportable = true, Icon = "history", Empty = "Nothing has happened yet.", LookOnly = true },
        new("Events", "Data Exports", "events/exports", DataExportKind.Kind, "content_type.verbose_name_plural", "requested_by.username", "requested_on", "state")
        {
            Icon = "download", Empty = "Use Export above a list of users, groups or events to get it as a file.",
        },
        new("Events", "Notification rules", "events/rules", NotificationRuleKind.Kind, "name", "severity", "destination_group")
        {
            Icon = "bell", Empty = "A rule says of which events whom to tell. Bind policies to it to pick the events.",
        },
        new("Events", "Notification transports", "events/transports", NotificationTransportKind.Kind, "name", "mode_verbose", "webhook_url")
        {
            Icon = "send", Empty = "A transport is a way to tell people: the drawer, mail, a webhook.",
        },
        .. Blueprints(kinds),
        new("Enterprise", "Licenses", "enterprise/licenses", LicenseKind.Kind, "name", "internal_users", "external_users", "expiry")
        {
            Icon = "certificate", Empty = "Install a license key to begin.",
        },
        new("System", "Brands", "system/brands", BrandKind.Kind, "domain", "default", "branding_title") { Icon = "palette" },
        new("System", "Certificates", "system/certificates", CertificateKeyPairKind.Kind, "name", "key_type", "private_key_available", "cert_expiry")
        {
            Icon = "shield-lock", Empty = "Certificates and keys sign what applications are told.",
        },
        new("System", "Mail", "system/mail", MailKind.Kind, "subject", "recipients", "state", "attempts", "last_error", "created_at")
        {
            Icon = "send", Empty = "No mail was sent in the last weeks.", Pages = [new PageLink("Waiting", "/if/admin/system/mail/?state=queued"), new PageLink("Given up", "/if/admin/system/mail/?state=failed")],
        },
    ];

    public Section? Find(string path) => All.FirstOrDefault(s => string.Equals(s.Path, path, StringComparison.Ordinal));

    /// <summary>The section that shows objects of a kind; null for none.</summary>
    public Section? For(ModelKind kind) => All.FirstOrDefault(s => s.Kind == kind || s.Kind == kind.Base);

    static IEnumerable<Section> Devices(params ModelKind[] kinds) => kinds.Select(k => new Section("Directory", k.LabelPlural, k.Path!.Replace("authenticators/", "directory/authenticators-", StringComparison.Ordinal), k, "name", "user.username") { InMenu = false });

    static IEnumerable<Section> Blueprints(KindRegistry kinds) => kinds.Find("authentik_blueprints.blueprintinstance") is { } kind
        ? [new("Customization", "Blueprints", "customization/blueprints", kind, "name", "status", "last_applied", "enabled") { Icon = "template", Empty = "Blueprints describe configuration in files." }]
        : [];
}
