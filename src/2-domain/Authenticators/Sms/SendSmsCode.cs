using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Authenticators.Devices;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Sms;

/// <summary>Sends a new code to a phone, by a job of the caller's transaction; the caller saves the device.</summary>
sealed class SendSmsCode(MapSms map, JobQueue jobs, Seal seal, TimeProvider clock)
{
    /// <summary>Does nothing while the last code is still fresh. False when the stage's mapping failed: then no code is on its way.</summary>
    public async ValueTask<bool> ExecuteAsync(SmsStage stage, SmsDevice device, User owner, HttpContext http, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!SentCode.MaySend(device, now))
            return true;
        var code = SentCode.Issue(device, seal, SentCode.Lifetime, now);
        var (succeeded, made) = await map.ExecuteAsync(stage, device, code, owner, http, cancellation);
        if (!succeeded)
        {
            SentCode.Use(device);
            return false;
        }
        jobs.Add(DeliverSms.Kind, new JsonObject
        {
            ["stage"] = stage.Pk,
            ["to"] = device.PhoneNumber,
            ["content"] = seal.Close(SealedFor.SentCode, Encoding.UTF8.GetBytes(SmsRequest.Content(stage, device.PhoneNumber, code, made))),
            ["until"] = device.CodeExpires,
        });
        return true;
    }
}
