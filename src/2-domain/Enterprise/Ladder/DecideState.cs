namespace Postern.Enterprise.Ladder;

/// <summary>
/// The ladder: what follows from licences, counted people and the time, and nothing else. Two weeks after a violation began administrators are
/// warned, after four everybody, after six the installation is read-only; when it ends, all is as before at once.
/// </summary>
public static class DecideState
{
    public static readonly TimeSpan Step = TimeSpan.FromDays(14);

    public static LicenseState Of(IReadOnlyList<HeldLicense> installed, UserCounts counts, DateTimeOffset now)
    {
        if (installed.Count == 0)
            return new(LicenseStatus.Unlicensed, EnforcementLevel.None) { Counts = counts };
        var valid = installed.Where(l => l.IsValid(now)).ToList();
        var state = new LicenseState(LicenseStatus.Valid, EnforcementLevel.None)
        {
            Counts = counts,
            InternalUsers = valid.Sum(l => l.InternalUsers),
            ExternalUsers = valid.Sum(l => l.ExternalUsers),
            Flags = [.. valid.SelectMany(l => l.Flags).Distinct().Order()],
            CumulativeExpiry = valid.Count > 0 ? valid.Min(l => l.Until) : installed.Max(l => l.Until),
            AllExpireAt = valid.Count > 0 ? valid.Max(l => l.Until) : null,
        };
        var reasons = Reasons(state, valid.Count > 0, installed, now);
        if (reasons.Count == 0)
            return state with { Status = valid.Count == 0 ? LicenseStatus.Unlicensed : StatusOf(EnforcementLevel.None, isExpired: false, state.CumulativeExpiry <= now + Step) };
        var since = Since(installed, valid.Count > 0, counts, now);
        var level = LevelAfter(now - since);
        return state with
        {
            Reasons = reasons,
            Since = since,
            Level = level,
            NextLevelAt = level is EnforcementLevel.ReadOnly ? null : since + ((int)level * Step),
            Status = StatusOf(level, isExpired: valid.Count == 0, isSoon: state.CumulativeExpiry <= now + Step),
        };
    }

    // A licence that has not begun yet is no violation while nothing before it has ended.
    static List<ViolationReason> Reasons(LicenseState state, bool anyValid, IReadOnlyList<HeldLicense> installed, DateTimeOffset now)
    {
        if (!anyValid)
            return installed.Any(l => l.Until <= now) ? [ViolationReason.Expired] : [];
        var reasons = new List<ViolationReason>();
        if (state.Counts.Internal > state.InternalUsers)
            reasons.Add(ViolationReason.InternalOver);
        if (state.Counts.External > state.ExternalUsers)
            reasons.Add(ViolationReason.ExternalOver);
        return reasons;
    }

    // Too many people count from the last moment they were known to be within the licences, or from the last change of what these allow: a key
    // that is too small, or one that ended, starts the time anew and locks nobody out by surprise.
    static DateTimeOffset Since(IReadOnlyList<HeldLicense> installed, bool anyValid, UserCounts counts, DateTimeOffset now)
    {
        var ended = installed.Where(l => l.Until <= now).Select(l => l.Until);
        if (!anyValid)
            return ended.Max();
        var changes = installed.Select(l => l.FirstSeen).Concat(installed.Where(l => l.From <= now).Select(l => l.From)).Concat(ended);
        var last = changes.Max();
        return counts.LastWithin is { } within && within > last ? within : last;
    }

    static EnforcementLevel LevelAfter(TimeSpan age) => age switch
    {
        _ when age > 3 * Step => EnforcementLevel.ReadOnly,
        _ when age > 2 * Step => EnforcementLevel.UserWarning,
        _ when age > Step => EnforcementLevel.AdminWarning,
        _ => EnforcementLevel.Notice,
    };

    static LicenseStatus StatusOf(EnforcementLevel level, bool isExpired, bool isSoon) => level switch
    {
        EnforcementLevel.ReadOnly => LicenseStatus.ReadOnly,
        _ when isExpired => LicenseStatus.Expired,
        EnforcementLevel.UserWarning => LicenseStatus.LimitExceededUser,
        EnforcementLevel.AdminWarning => LicenseStatus.LimitExceededAdmin,
        _ when isSoon => LicenseStatus.ExpirySoon,
        _ => LicenseStatus.Valid,
    };
}
