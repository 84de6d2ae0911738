using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Mails;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>What owners do with a license beyond paying for it: another name, another installation, a new key in place of one that got into wrong hands.</summary>
sealed class ManageLicense(PosternDb db, IssueKey issue, RecordAudit audit, Announce announce, TimeProvider clock)
{
    public const int MaxNickname = 100;

    /// <summary>How often a license may move to another installation in a year without the help of support.</summary>
    public const int MovesPerYear = 3;

    public async Task<Result<License>> FindAsync(Guid organization, Guid id, CancellationToken cancellation) =>
        await db.Set<License>().FirstOrDefaultAsync(l => l.Id == id && l.OrganizationId == organization, cancellation) is { } license ? license : new Fault.NotFound("License");

    /// <summary>Writes license and audit entry; keys issued before keep the old name.</summary>
    public async Task<Result<License>> RenameAsync(Seat seat, Guid id, string nickname, CancellationToken cancellation)
    {
        if (!(await FindAsync(seat.OrganizationId, id, cancellation)).Succeeded(out var license, out var fault))
            return fault;
        if (nickname.Length > MaxNickname || nickname.Any(char.IsControl))
            return Fault.Field("nickname", $"A name has at most {MaxNickname} characters, on one line.");
        audit.Add(seat.OrganizationId, seat.Actor, "license.renamed", $"{license.DisplayName} to {nickname}");
        license.Nickname = nickname;
        await db.SaveChangesAsync(cancellation);
        return license;
    }

    /// <summary>Issues the key anew and revokes the one before. Writes both keys, audit entry, mail.</summary>
    public async Task<Result<License>> ReissueAsync(Guid organization, Actor actor, Guid id, CancellationToken cancellation)
    {
        if (!(await UsableAsync(organization, id, cancellation)).Succeeded(out var license, out var fault))
            return fault;
        var key = await issue.ExecuteAsync(license, "reissue", revokeBefore: true, cancellation);
        audit.Add(organization, actor, "license.key_reissued", $"{license.DisplayName}, revision {key.Revision}");
        await announce.AddAsync(license, "A new key was issued", $"The key of {license.DisplayName} was issued anew by {actor.Name}. The key before it must not be used any more: install the new one now.", cancellation);
        await db.SaveChangesAsync(cancellation);
        return license;
    }

    /// <summary>Moves the license to another installation. Writes license, keys, audit entry, mail.</summary>
    public async Task<Result<License>> MoveAsync(Seat seat, Guid id, string installId, CancellationToken cancellation)
    {
        if (!(await UsableAsync(seat.OrganizationId, id, cancellation)).Succeeded(out var license, out var fault))
            return fault;
        if (!Guid.TryParseExact(installId.Trim(), "D", out var install) || install == Guid.Empty)
            return Fault.Field("install_id", "An Install ID looks like 3f2a6c1e-0000-4000-8000-000000000000. It stands on the Licenses page of the installation.");
        if (install == license.InstallId)
            return Fault.Field("install_id", "The license is for this installation already.");
        var yearAgo = clock.GetUtcNow().AddYears(-1);
        if (await db.Set<LicenseKey>().CountAsync(k => k.LicenseId == id && k.Reason == "move" && k.IssuedAt > yearAgo, cancellation) >= MovesPerYear)
            return Fault.Field("install_id", $"This license was moved {MovesPerYear} times within a year. Please open a support ticket.");
        var from = license.InstallId;
        license.InstallId = install;
        var key = await issue.ExecuteAsync(license, "move", revokeBefore: true, cancellation);
        audit.Add(seat.OrganizationId, seat.Actor, "license.moved", $"{license.DisplayName} from {from} to {install}, revision {key.Revision}");
        await announce.AddAsync(license, "A license was moved", $"{license.DisplayName} is now for the installation {install}. Its new key waits in the portal.", cancellation);
        await db.SaveChangesAsync(cancellation);
        return license;
    }

    async Task<Result<License>> UsableAsync(Guid organization, Guid id, CancellationToken cancellation)
    {
        if (!(await FindAsync(organization, id, cancellation)).Succeeded(out var license, out var fault))
            return fault;
        return license.RevokedAt is not null ? Fault.Input("This license was taken back; no key is issued for it.")
            : clock.GetUtcNow() >= license.PaidThrough ? Fault.Input("This license has expired. Renew it first.")
            : license;
    }
}
