using System.Text.Json.Serialization;

namespace Postern.Enterprise.Ladder;

/// <summary>The state of an installation's licences as the API names it.</summary>
public enum LicenseStatus
{
    Unlicensed,
    Valid,
    Expired,
    ExpirySoon,
    LimitExceededAdmin,
    LimitExceededUser,
    ReadOnly,
}

/// <summary>How far an installation has gone since it broke its licences: two weeks each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EnforcementLevel>))]
public enum EnforcementLevel
{
    /// <summary>All is well, or nothing is licensed.</summary>
    None,

    /// <summary>The licences page says so.</summary>
    Notice,

    /// <summary>Administrators see a banner.</summary>
    AdminWarning,

    /// <summary>Everybody sees a banner.</summary>
    UserWarning,

    /// <summary>Signing in goes on; little else is written.</summary>
    ReadOnly,
}

/// <summary>Why an installation breaks its licences.</summary>
public enum ViolationReason
{
    Expired,
    InternalOver,
    ExternalOver,
}
