namespace Postern.Brands.Mails;

/// <summary>What stands in the mails that people look at while they write templates.</summary>
static class SampleMail
{
    /// <summary>Values for any template of the product.</summary>
    public static Dictionary<string, object?> Values(string address, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        ["url"] = $"{address}/if/flow/example/?flow_token=example",
        ["host"] = new Uri(address).Authority,
        ["expires"] = now.AddMinutes(30),
        ["token"] = "123456",
        ["user"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = "jane", ["name"] = "Jane Smith", ["email"] = "jane@example.org" },
        ["username"] = "jane",
        ["name"] = "Jane Smith",
        ["inviter"] = "Ada Example",
        ["invitation"] = "new-colleagues",
        ["message"] = "Welcome to the team!",
        ["code"] = "ABCD-EFGH",
        ["code_url"] = $"{address}/if/invitation/",
        ["device"] = "Jane's phone",
        ["address"] = "jane.smith@example.org",
        ["facts"] = new List<Dictionary<string, object?>> { Fact("When", now), Fact("From address", "203.0.113.7"), Fact("Browser", "Firefox, Windows") },
        ["headline"] = "Your password was changed",
        ["title"] = "Something happened",
        ["body"] = "What it was stands here.",
        ["key_value"] = new List<Dictionary<string, object?>> { new(StringComparer.Ordinal) { ["key"] = "user_username", ["value"] = "jane" } },
        ["source"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["from"] = "an example" },
    };

    /// <summary>The subject each mail of the product has where nothing else is said.</summary>
    public static string SubjectOf(string template) => template switch
    {
        "email/account_confirmation.html" => "Account Confirmation",
        "email/password_reset.html" => "Reset your password",
        "email/email_otp.html" => "Your sign-in code",
        "email/invitation.html" => "You have been invited to %(host)s",
        "email/invitation_reminder.html" => "Reminder: you have been invited to %(host)s",
        "email/invitation_welcome.html" => "Welcome",
        "email/invitation_accepted.html" => "%(username)s accepted your invitation",
        "email/invitation_approval.html" => "%(username)s waits for your approval",
        "email/new_sign_in.html" => "New sign-in to your account",
        "email/password_changed.html" => "Your password was changed",
        "email/device_added.html" => "A sign-in method was added",
        "email/device_removed.html" => "A sign-in method was removed",
        "email/address_changed.html" => "Your e-mail address was changed",
        "email/recovery_used.html" => "Your account was recovered",
        "email/license_notice.html" => "Licenses need your attention",
        _ => "Example",
    };

    static Dictionary<string, object?> Fact(string name, object value) => new(StringComparer.Ordinal) { ["name"] = name, ["value"] = value };
}
