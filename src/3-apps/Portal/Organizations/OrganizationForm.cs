using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Portal.Organizations;

/// <summary>Name and notification address as people type them.</summary>
public sealed record OrganizationForm(string Name, string NotificationEmail)
{
    public static OrganizationForm Read(IFormCollection form) => new(form["name"].ToString().Trim(), form["notification_email"].ToString().Trim());

    /// <summary>Null when both are usable.</summary>
    public Fault.Invalid? Refuse()
    {
        var errors = new FieldErrors();
        if (Name.Length == 0)
            errors.Add("name", "Enter a name.");
        if (Name.Length > Organization.MaxName || Name.Any(char.IsControl))
            errors.Add("name", $"A name has at most {Organization.MaxName} characters, on one line.");
        if (!EmailAddress.IsValid(NotificationEmail))
            errors.Add("notification_email", "Enter an e-mail address.");
        return errors.Any ? new Fault.Invalid(errors) : null;
    }
}
