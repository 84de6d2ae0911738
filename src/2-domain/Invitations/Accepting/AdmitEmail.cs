namespace Postern.Invitations.Accepting;

/// <summary>Which e-mail addresses an invitation lets in.</summary>
static class AdmitEmail
{
    /// <summary>Why an address does not fit, for the person; null when it does.</summary>
    public static string? Refusal(Invitation invitation, string email)
    {
        if (invitation.BindEmail && !string.Equals(email.Trim(), invitation.Address, StringComparison.OrdinalIgnoreCase))
            return "This invitation is for another e-mail address.";
        if (invitation.AllowedDomains.Count == 0)
            return null;
        var domain = email[(email.LastIndexOf('@') + 1)..].Trim();
        return invitation.AllowedDomains.Contains(domain, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"This invitation is for e-mail addresses of {string.Join(", ", invitation.AllowedDomains)}.";
    }
}
