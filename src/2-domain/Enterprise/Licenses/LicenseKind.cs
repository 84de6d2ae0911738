using Postern.Enterprise.Usage;
using Postern.Licensing;
using Postern.Storage.Kinds;

namespace Postern.Enterprise.Licenses;

/// <summary>The declaration of licences. Only the key is written.</summary>
public static class LicenseKind
{
    public const string KeyField = "key";

    public static readonly ModelKind<License> Kind = ModelKind<License>.Declare("authentik_enterprise.license", static (k, kind) =>
    {
        k.Labels("License", "Licenses").Path("enterprise/license").PathParameter("license_uuid").Table("license");
        k.Key(l => l.LicenseUuid, "license_uuid");
        k.Text("name", l => l.Name).ReadOnly();
        k.LongText(KeyField, l => l.Key).Required().Unique().Label("License key");
        k.Timestamp("expiry", l => l.Expiry).ReadOnly();
        k.Integer("internal_users", l => l.InternalUsers).ReadOnly();
        k.Integer("external_users", l => l.ExternalUsers).ReadOnly();
        k.Filters("name");
        k.Search(l => l.Name);
        k.Order("name", "expiry");
        k.Identifiers(KeyField);
        k.Validate(ReadKey);
        // Before the licences change: what was within them until now is known to have been.
        k.Validate(static (_, context) => CaptureAsync(context));
        k.BeforeDelete(static (_, context) => CaptureAsync(context));
        k.AfterSave(static (license, context) => context.Get<NoteSeenKey>().ExecuteAsync(license, context.Cancellation));
    });

    static async ValueTask ReadKey(License license, SaveContext context)
    {
        license.Key = LicenseVerifier.Tidy(license.Key);
        var now = context.Get<TimeProvider>().GetUtcNow();
        var read = (await context.Get<VerifyLicense>().ExecuteAsync(license.Key, context.Cancellation)).Succeeded(out var document, out var fault)
            ? VerifyLicense.RefuseAt(document, now)
            : fault;
        if (read is Postern.Kernel.Fault.Invalid refusal)
        {
            foreach (var text in refusal.Errors[KeyField])
                context.Errors.Add(KeyField, text);
            return;
        }
        license.Name = document!.Name;
        license.Expiry = DateTimeOffset.FromUnixTimeSeconds(document.ExpiresAt);
        license.InternalUsers = (int)Math.Min(document.InternalUsers, int.MaxValue);
        license.ExternalUsers = (int)Math.Min(document.ExternalUsers, int.MaxValue);
    }

    static ValueTask CaptureAsync(SaveContext context) => context.Errors.Any ? ValueTask.CompletedTask : new(context.Get<CaptureUsage>().ExecuteAsync(always: true, context.Cancellation));
}
