using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.Static;
using Postern.Authenticators.Totp;
using Postern.Authenticators.WebAuthn;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Validate;

/// <summary>
/// Tries a code on a user's devices. All attempts for one user run one after another, so that of any number of equal codes at once only one is accepted and every wrong one is counted.
/// Runs in the caller's transaction.
/// </summary>
sealed class CheckCode(PosternDb db, UserDevices devices, Seal seal, TimeProvider clock)
{
    /// <summary>First half of the lock's name; the other is the user's key.</summary>
    const int LockSpace = 0x4d46;

    /// <summary>The device the code is of, which is then used up; null when it is of none.</summary>
    public async ValueTask<Device?> ExecuteAsync(int user, string code, CodeRules rules, CancellationToken cancellation)
    {
        await db.ExecuteAsync("SELECT pg_advisory_xact_lock($1, $2)", cancellation, LockSpace, user);
        var now = clock.GetUtcNow();
        var tried = (await devices.ConfirmedAsync(user, cancellation))
            .Where(d => d is not WebAuthnDevice && rules.Classes.Contains(UserDevices.ClassOf(d)) && !Throttle.Blocks(d, rules.Factor(UserDevices.ClassOf(d)), now)).ToList();
        foreach (var device in code.Length == 0 ? [] : tried)
        {
            if (await AcceptsAsync(device, code, now, cancellation))
                return device;
        }
        await CountAsync(tried, now, cancellation);
        return null;
    }

    async ValueTask<bool> AcceptsAsync(Device device, string code, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (device)
        {
            case TotpDevice totp when seal.Open(SealedFor.TotpSeed, totp.Seed) is { } seed:
                var step = TotpCode.StepAt(now);
                if (TotpCode.Match(seed, code, totp.Digits, step, totp.Drift, totp.LastStep) is not { } match)
                    return false;
                var drift = TotpCode.DriftOf(match, step);
                return await db.Set<TotpDevice>().Where(d => d.Pk == totp.Pk && d.LastStep < match)
                    .ExecuteUpdateAsync(d => d.SetProperty(x => x.LastStep, match).SetProperty(x => x.Drift, drift).SetProperty(x => x.LastUsed, now).SetProperty(x => x.Failures, 0), cancellation) == 1;
            case StaticDevice sheet:
                var hashes = seal.Hashes(SealedFor.StaticCode, code.ToLowerInvariant());
                return await db.Set<StaticCode>().Where(c => c.DevicePk == sheet.Pk && hashes.Contains(c.Hash)).ExecuteDeleteAsync(cancellation) == 1
                    && await UsedAsync<StaticDevice>(sheet, now, cancellation);
            case SmsDevice sms when !sms.IsHashed && SentCode.Fits(sms, code, seal, now):
                return await SpendAsync<SmsDevice>(sms, now, cancellation);
            case EmailDevice email when SentCode.Fits(email, code, seal, now):
                return await SpendAsync<EmailDevice>(email, now, cancellation);
            default:
                return false;
        }
    }

    async ValueTask<bool> SpendAsync<T>(T device, DateTimeOffset now, CancellationToken cancellation)
        where T : SideChannelDevice
    {
        var expected = device.CodeHash;
        return await db.Set<T>().Where(d => d.Pk == device.Pk && d.CodeHash == expected)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.CodeHash, (byte[]?)null).SetProperty(x => x.CodeExpires, (DateTimeOffset?)null).SetProperty(x => x.LastUsed, now).SetProperty(x => x.Failures, 0), cancellation) == 1;
    }

    async ValueTask<bool> UsedAsync<T>(Device device, DateTimeOffset now, CancellationToken cancellation)
        where T : Device =>
        await db.Set<T>().Where(d => d.Pk == device.Pk).ExecuteUpdateAsync(d => d.SetProperty(x => x.LastUsed, now).SetProperty(x => x.Failures, 0), cancellation) == 1;

    async ValueTask CountAsync(IReadOnlyList<Device> tried, DateTimeOffset now, CancellationToken cancellation)
    {
        await CountAsync<TotpDevice>(tried, now, cancellation);
        await CountAsync<StaticDevice>(tried, now, cancellation);
        await CountAsync<SmsDevice>(tried, now, cancellation);
        await CountAsync<EmailDevice>(tried, now, cancellation);
    }

    async ValueTask CountAsync<T>(IReadOnlyList<Device> tried, DateTimeOffset now, CancellationToken cancellation)
        where T : Device
    {
        List<int> keys = [.. tried.OfType<T>().Select(d => d.Pk)];
        if (keys.Count > 0)
            await db.Set<T>().Where(d => keys.Contains(d.Pk)).ExecuteUpdateAsync(d => d.SetProperty(x => x.Failures, x => x.Failures + 1).SetProperty(x => x.FailedAt, now), cancellation);
    }
}

/// <summary>What a stage accepts codes of, and how it slows guessing down.</summary>
sealed record CodeRules(IReadOnlySet<DeviceClass> Classes, ValidateStage Stage)
{
    public double Factor(DeviceClass of) => of switch
    {
        DeviceClass.Totp => Stage.TotpOtpThrottlingFactor,
        DeviceClass.Static => Stage.StaticOtpThrottlingFactor,
        DeviceClass.Sms => Stage.SmsOtpThrottlingFactor,
        DeviceClass.Email => Stage.EmailOtpThrottlingFactor,
        _ => 0,
    };
}
