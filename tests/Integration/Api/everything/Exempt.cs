namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Exemptions of the access tests. They only get shorter: what no longer needs one fails the test until its line is gone.</summary>
static class Exempt
{
    /// <summary>Answered to people without rights: their own things, and what everybody may know.</summary>
    public static readonly string[] Everybody =
    [
        "GET core/users/me/ 200", "GET core/users/impersonate_end/ 204", "GET core/tokens/ 200", "POST core/tokens/ 201", "GET core/user_consent/ 200", "GET core/authenticated_sessions/ 200", "GET core/known_devices/ 200",
        "GET core/user_batches/ 200", "GET reports/exports/ 200", "GET events/notifications/ 200", "POST events/notifications/mark_all_seen/ 204",
        "GET oauth2/access_tokens/ 200", "GET oauth2/authorization_codes/ 200", "GET oauth2/refresh_tokens/ 200",
        "GET authenticators/all/ 200", "GET authenticators/email/ 200", "GET authenticators/sms/ 200", "GET authenticators/static/ 200", "GET authenticators/totp/ 200", "GET authenticators/webauthn/ 200",
        "GET authenticators/admin/email/ 200", "GET authenticators/admin/sms/ 200", "GET authenticators/admin/static/ 200", "GET authenticators/admin/totp/ 200", "GET authenticators/admin/webauthn/ 200",
        "GET core/applications/ 200", "GET core/applications/{slug}/check_access/ 200",
        "GET admin/version/ 200", "GET admin/apps/ 200", "GET admin/models/ 200", "GET enterprise/license/summary/ 200", "GET events/events/actions/ 200", "GET rbac/permissions/ 200", "GET rbac/permissions/{id}/ 200",
        "GET stages/all/types/ 200", "GET sources/all/types/ 200", "GET sources/all/user_settings/ 200", "GET sources/user_connections/all/ 200", "GET sources/user_connections/oauth/ 200", "GET stages/all/user_settings/ 200", "GET policies/all/types/ 200", "GET providers/all/types/ 200", "GET propertymappings/all/types/ 200",
        // Everybody may lock their own account, where the brand has a flow for it.
        "POST core/users/account_lockdown/ 400",
        "GET core/saved_views/ 200", "POST core/saved_views/ 201", "GET stages/invitation/batches/ 200", "POST policies/expression/check/ 200",
        // What of it is exported or imported is asked object by object.
        "GET managed/blueprints/export/ 200", "POST managed/blueprints/import/ 415", "POST managed/blueprints/plan/ 415",
    ];

    /// <summary>Answered beyond that to those who may look at everything: what begins with looking and changes nothing of others.</summary>
    public static readonly string[] Viewers =
    [
        // What a batch does is asked user by user when it is done; the batches are their own.
        "POST core/users/bulk/ 201", "POST core/user_batches/{id}/cancel/ 204", "DELETE core/user_batches/{lookup}/ 204",
    ];

    /// <summary>Answered beyond that to those who look after groups.</summary>
    public static readonly string[] GroupDelegate =
    [
        "GET core/groups/ 200", "POST core/groups/ 201", "GET core/groups/{lookup}/ 200", "PUT core/groups/{lookup}/ 200", "PATCH core/groups/{lookup}/ 200", "DELETE core/groups/{lookup}/ 204", "GET core/groups/{lookup}/used_by/ 200",
    ];

    /// <summary>Not answered to administrators here: there is no such object in a new installation, or the body is no JSON; tested where they belong.</summary>
    public static readonly string[] NotReached =
    [
        // A question needs its subject, and only a browser has a run to inspect.
        "GET rbac/permissions/explain/ 404", "GET flows/inspector/{flow_slug}/ 404",
        // What a connection stands for never changes, and the body names another.
        "PUT sources/user_connections/all/{lookup}/ 400", "PUT sources/user_connections/oauth/{lookup}/ 400",
        // Bodies that are files.
        "POST core/users/import/ 400", "POST managed/blueprints/import/ 415", "POST managed/blueprints/plan/ 415", "GET reports/exports/{id}/download/ 404", "POST core/applications/{slug}/set_icon/ 400",
        // Keys that a vendor signs.
        "POST enterprise/license/ 400", "POST enterprise/license/preview/ 400", "GET enterprise/license/{lookup}/ 404", "PUT enterprise/license/{lookup}/ 404", "PATCH enterprise/license/{lookup}/ 404",
        "GET enterprise/license/{lookup}/used_by/ 404", "DELETE enterprise/license/{lookup}/ 404",
        // What only signing in leaves behind.
        "GET core/user_consent/{lookup}/ 404", "GET core/user_consent/{lookup}/used_by/ 404", "DELETE core/user_consent/{lookup}/ 404",
        "GET core/known_devices/{lookup}/ 404", "GET core/known_devices/{lookup}/used_by/ 404", "DELETE core/known_devices/{lookup}/ 404",
        "GET policies/reputation/scores/{lookup}/ 404", "GET policies/reputation/scores/{lookup}/used_by/ 404", "DELETE policies/reputation/scores/{lookup}/ 404",
        "GET oauth2/access_tokens/{lookup}/ 404", "GET oauth2/access_tokens/{lookup}/used_by/ 404", "DELETE oauth2/access_tokens/{lookup}/ 404",
        "GET oauth2/authorization_codes/{lookup}/ 404", "GET oauth2/authorization_codes/{lookup}/used_by/ 404", "DELETE oauth2/authorization_codes/{lookup}/ 404",
        "GET oauth2/refresh_tokens/{lookup}/ 404", "GET oauth2/refresh_tokens/{lookup}/used_by/ 404", "DELETE oauth2/refresh_tokens/{lookup}/ 404",
        // A state of the object that a new one does not have.
        "POST core/users/recycle_bin/{id}/restore/ 404", "DELETE core/users/recycle_bin/{id}/ 404", "GET tasks/tasks/{message_id}/ 404", "POST tasks/tasks/{message_id}/retry/ 400",
        "POST core/users/{lookup}/impersonate/ 400", "POST core/users/account_lockdown/ 400", "POST core/users/{lookup}/recovery_email/ 400", "POST stages/invitation/invitations/{pk}/send_email/ 400",
        "GET tasks/schedules/{id}/ 404", "PUT tasks/schedules/{id}/ 404", "PATCH tasks/schedules/{id}/ 404", "POST tasks/schedules/{id}/send/ 404",
        "GET mail/outbox/{lookup}/ 404", "POST mail/outbox/{id}/retry/ 404", "POST mail/outbox/{id}/cancel/ 404", "POST mail/templates/send/ 400",
        "GET stages/invitation/batches/{lookup}/ 404", "DELETE stages/invitation/batches/{lookup}/ 404", "GET stages/invitation/batches/{id}/result/ 404", "POST stages/invitation/batches/{id}/cancel/ 404",
        "POST stages/invitation/approvals/{user}/ 404", "POST stages/invitation/invitations/bulk/ 400", "POST stages/invitation/invitations/{pk}/extend/ 400", "POST stages/invitation/invitations/{pk}/resend/ 400",
    ];
}
