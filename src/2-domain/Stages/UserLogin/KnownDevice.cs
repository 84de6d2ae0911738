using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Kernel.Settings;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Stages.UserLogin;

/// <summary>Whether somebody signed in on this browser before: by the sealed cookie <c>authentik_device</c>, or by a live session at the same address.</summary>
sealed class KnownDevice(PosternDb db, Seal seal, PosternSettings settings, TimeProvider clock)
{
    const string Cookie = "authentik_device";
    const string Purpose = "stages/user-login/known-device";

    public async ValueTask<bool> IsKnownAsync(HttpContext http, UserLoginStage stage, User user, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (http.Request.Cookies[Cookie] is { Length: > 0 and < 4096 } box && seal.Open(Purpose, box) is { } bytes
            && JsonSerializer.Deserialize<Record>(bytes) is { } record && record.Stage == stage.Pk && record.User == user.Uuid && record.Expires > now)
            return true;
        var address = http.Caller().ClientIp;
        return address is not null && await db.Set<Session>().AnyAsync(s => s.UserPk == user.Pk && s.Expires > now && s.LastIp!.Equals(address), cancellation);
    }

    /// <summary>Leaves the cookie for as long as the stage says; zero leaves none.</summary>
    public void Remember(HttpContext http, UserLoginStage stage, User user, TimeSpan lifetime)
    {
        if (lifetime <= TimeSpan.Zero)
            return;
        var record = new Record(stage.Pk, user.Uuid, clock.GetUtcNow() + lifetime);
        http.Response.Cookies.Append(Cookie, seal.Close(Purpose, JsonSerializer.SerializeToUtf8Bytes(record)), new CookieOptions
        {
            Path = "/",
            Domain = settings.CookieDomain,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = lifetime,
            IsEssential = true,
        });
    }

    sealed record Record(Guid Stage, Guid User, DateTimeOffset Expires);
}
