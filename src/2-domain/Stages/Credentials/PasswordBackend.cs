using System.Text.Json.Serialization;

namespace Postern.Stages.Credentials;

/// <summary>What a password may be checked against, by the reference's names.</summary>
public enum PasswordBackend
{
    [JsonStringEnumMemberName("authentik.core.auth.InbuiltBackend")]
    Inbuilt,

    [JsonStringEnumMemberName("authentik.core.auth.TokenBackend")]
    AppPassword,

    [JsonStringEnumMemberName("authentik.sources.ldap.auth.LDAPBackend")]
    Ldap,

    [JsonStringEnumMemberName("authentik.sources.kerberos.auth.KerberosBackend")]
    Kerberos,
}
