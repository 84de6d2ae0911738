namespace Postern.Portal.SignIn;

/// <summary>Somebody who signed in once; what the provider said of them last.</summary>
public sealed class Person
{
    /// <summary>The provider's name for them, which never changes.</summary>
    public string Subject { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>Whether the provider vouches for the address.</summary>
    public bool EmailVerified { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Member of the vendor's support staff.</summary>
    public bool IsSupport { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    public string DisplayName => Name.Length > 0 ? Name : Email;
}
