using System.Text;
using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Jobs;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Sms;

/// <summary>Sends a new code to a phone, by a job of the caller's transaction; the caller saves the device.</summary>
sealed class SendSmsCode(JobQueue jobs, Seal seal, TimeProvider clock)
{
    /// <summary>Does nothing while the last code is still fresh.</summary>
    public void Execute(SmsStage stage, SmsDevice device)
    {
        var now = clock.GetUtcNow();
        if (!SentCode.MaySend(device, now))
            return;
        var code = SentCode.Issue(device, seal, SentCode.Lifetime, now);
        jobs.Add(DeliverSms.Kind, new JsonObject
        {
            ["stage"] = stage.Pk,
            ["to"] = device.PhoneNumber,
            ["text"] = seal.Close(SealedFor.SentCode, Encoding.UTF8.GetBytes($"Use this code to authenticate in authentik: {code}")),
            ["until"] = device.CodeExpires,
        });
    }
}
