using System.Text;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Authenticators.WebAuthn;

/// <summary>Checks that a passkey answered a challenge (WebAuthn level 3, section 7.2) and records its use in the caller's transaction.</summary>
sealed class CheckAssertion(PosternDb db, InstallId install, TimeProvider clock)
{
    const string Failed = "Assertion failed";
    const string UnknownDevice = "Invalid device";

    /// <summary>The device that answered. Faults: invalid, with the reason on the field <c>webauthn</c>.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="user">Whose devices may answer; null for anybody's (a sign-in by passkey alone).</param>
    public async ValueTask<Result<WebAuthnDevice>> ExecuteAsync(ClientResponse? answer, AssertionWanted wanted, int? user, CancellationToken cancellation)
    {
        if (answer is null)
            return Refused(Failed);
        var id = answer.CredentialId;
        var device = await db.Set<WebAuthnDevice>().AsNoTracking().FirstOrDefaultAsync(d => d.CredentialId == id && d.Confirmed && (user == null || d.UserPk == user), cancellation);
        if (device is null)
            return Refused(UnknownDevice);
        if (answer.Refusal("webauthn.get", wanted.Challenge, wanted.Party) is not null || !await ProvesAsync(answer, wanted, device, anybody: user is null, cancellation))
            return Refused(Failed);
        if (!DeviceTypes.Allows(wanted.AllowedTypes, device.Aaguid))
            return Refused($"Invalid device type. Contact your {wanted.Brand} administrator for help.");
        return device;
    }

    async ValueTask<bool> ProvesAsync(ClientResponse answer, AssertionWanted wanted, WebAuthnDevice device, bool anybody, CancellationToken cancellation)
    {
        if (answer.Part("authenticatorData") is not { } signed || answer.Part("signature") is not { } signature
            || AuthenticatorData.Parse(signed, withCredential: false) is not { UserPresent: true } data)
            return false;
        if (!data.IsFor(wanted.Party.Id) || (!data.UserVerified && MustVerify(wanted, anybody)))
            return false;
        if (anybody && answer.Part("userHandle") is { } handle
            && !string.Equals(Encoding.UTF8.GetString(handle), await install.UidAsync(device.UserPk, cancellation), StringComparison.Ordinal))
            return false;
        if (!CoseKey.Verifies(device.PublicKey, [.. signed, .. answer.ClientDataHash], signature))
            return false;
        // A counter that does not grow is a copy's (section 6.1.1); devices that do not count send zero.
        var (count, now) = (data.SignCount, clock.GetUtcNow());
        return await db.Set<WebAuthnDevice>().Where(d => d.Pk == device.Pk && (d.SignCount < count || (d.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.SignCount, count).SetProperty(x => x.LastUsed, now).SetProperty(x => x.Failures, 0), cancellation) == 1;
    }

    /// <summary>A passkey that stands alone replaces the password too, so it must have asked for a PIN or a finger unless the stage wants none.</summary>
    static bool MustVerify(AssertionWanted wanted, bool alone) => wanted.Verification is UserVerification.Required || (alone && wanted.Verification is UserVerification.Preferred);

    static Result<WebAuthnDevice> Refused(string why) => Fault.Field("webauthn", why);
}

/// <summary>What a ceremony asked for.</summary>
sealed record AssertionWanted(string Challenge, RelyingParty Party, UserVerification Verification, IReadOnlyCollection<Guid> AllowedTypes, string Brand);
