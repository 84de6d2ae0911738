using Postern.Storage.Kinds;

namespace Postern.Stages.Consent;

/// <summary>The declaration of consents: people see and withdraw their own.</summary>
public static class UserConsentKind
{
    public static readonly ModelKind<UserConsent> Kind = ModelKind<UserConsent>.Declare("authentik_stages_consent.userconsent", static (k, _) =>
    {
        k.Labels("User Consent", "User Consents").Path("core/user_consent", Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy).Table("user_consent").NotInBlueprints().OwnedBy(c => c.UserPk);
        k.Key(c => c.Pk);
        k.NullableTimestamp("expires", c => c.Expires).ReadOnly();
        k.Computed("expiring", c => c.Expires is not null);
        k.Expand("user", c => c.UserPk, "authentik_core.user");
        k.Expand("application", c => c.ApplicationPk, "authentik_core.application");
        k.Text("permissions", c => c.Permissions).ReadOnly();
        k.Filter("user", Only);
        k.Filter("application", OfApplication);
        k.Order("application", "expires", "pk");
        k.OrderBy("application", c => c.ApplicationPk);
        k.Named(c => c.Permissions.Length > 0 ? c.Permissions : "consent");
    });

    static IQueryable<UserConsent> Only(IQueryable<UserConsent> query, IReadOnlyList<string> values, Kernel.FieldErrors errors)
    {
        if (int.TryParse(values[^1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var user))
            return query.Where(c => c.UserPk == user);
        errors.Add("user", "Select a valid choice. That choice is not one of the available choices.");
        return query;
    }

    static IQueryable<UserConsent> OfApplication(IQueryable<UserConsent> query, IReadOnlyList<string> values, Kernel.FieldErrors errors)
    {
        if (Guid.TryParse(values[^1], out var application))
            return query.Where(c => c.ApplicationPk == application);
        errors.Add("application", $"“{values[^1]}” is not a valid UUID.");
        return query;
    }
}
